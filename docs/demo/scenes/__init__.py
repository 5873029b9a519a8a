"""Every scene by the name of its picture."""
from . import instruments, quay, table, town, water

ALL = {name.replace("_", "-"): f for module in (water, quay, town, instruments, table)
       for name, f in vars(module).items()
       if callable(f) and getattr(f, "__module__", "") == module.__name__ and not name.startswith("_")}

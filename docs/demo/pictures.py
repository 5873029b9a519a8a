"""Prints the demo newsroom's pictures into `public/pictures/`.

    python3 -m venv /tmp/press && /tmp/press/bin/pip install numpy pillow
    /tmp/press/bin/python docs/demo/pictures.py            # all of them
    /tmp/press/bin/python docs/demo/pictures.py ferry crab # some of them

Each scene is a function in `scenes/`, named like its file. It is printed at 1440, 960 and 480
pixels wide (`NAME.png`, `NAME-960.png`, `NAME-480.png`), each size with its own dot screen. The
result is the same on every run: all chance comes from a seed.
"""
import math
import pathlib
import sys

from PIL import Image, ImageDraw

sys.dont_write_bytecode = True
import scenes  # noqa: E402  (after the line that keeps __pycache__ out of the repository)

OUT = pathlib.Path(__file__).resolve().parents[2] / "public" / "pictures"


def icon():
    """The site's icon: the emblem of `logo.svg`, in paper on harbour blue, safe for any mask."""
    k = 4 * 512 / 96  # the emblem is drawn on 64 units, with a margin of 16 on every side
    image = Image.new("RGB", (2048, 2048), "#0B4A6F")
    pen = ImageDraw.Draw(image)

    def at(points):
        return [((x + 16) * k, (y + 14) * k) for x, y in points]

    for shape in ([(26, 12), (32, 5), (38, 12)], [(24, 22), (40, 22), (40, 25), (24, 25)],
                  [(27, 14), (29, 14), (29, 22), (27, 22)], [(35, 14), (37, 14), (37, 22), (35, 22)],
                  [(31, 14), (33, 14), (33, 22), (31, 22)], [(27.2, 27), (36.8, 27), (37.8, 35), (26.2, 35)],
                  [(25.8, 38), (38.2, 38), (39.4, 47), (24.6, 47)]):
        pen.polygon(at(shape), fill="#FBF8F2")
    for ray in ([(20, 15.5), (7, 11)], [(20, 19.5), (7, 24)], [(44, 15.5), (57, 11)], [(44, 19.5), (57, 24)]):
        pen.line(at(ray), fill="#FBF8F2", width=int(2.6 * k))
    for y, x0, x1 in ((53, 4, 60), (61, 12, 52)):
        for i in range(601):
            x = x0 + (x1 - x0) * i / 600
            (u, v), = at([(x, y - 2.2 * math.sin((x - x0) / 56 * 6 * math.pi))])
            pen.ellipse([u - 1.6 * k, v - 1.6 * k, u + 1.6 * k, v + 1.6 * k], fill="#FBF8F2")
    small = image.resize((512, 512), Image.LANCZOS)
    return small.quantize(16, dither=Image.Dither.NONE)


def main(names):
    unknown = [n for n in names if n not in scenes.ALL]
    if unknown:
        sys.exit(f"no such scene: {', '.join(unknown)}; there are {', '.join(sorted(scenes.ALL))}")
    OUT.mkdir(parents=True, exist_ok=True)
    total = 0
    if not names:
        icon().save(OUT.parent / "icon.png", optimize=True)
    for name in names or sorted(scenes.ALL):
        printed = scenes.ALL[name]()
        sizes = []
        for width, suffix in ((1440, ""), (960, "-960"), (480, "-480")):
            path = OUT / f"{name}{suffix}.png"
            printed.pull(width).save(path, optimize=True, bits=4)
            sizes.append(path.stat().st_size)
        total += sum(sizes)
        print(f"{name:14}", *(f"{s / 1024:7.1f} KB" for s in sizes), flush=True)
    print(f"{total / 1024:.0f} KB in all")


if __name__ == "__main__":
    main(sys.argv[1:])

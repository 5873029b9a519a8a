"""Charts, maps and measuring."""
import math

from press import W, H, Print, arc, curve

"""The printing press behind the demo newsroom's pictures.

A scene draws with three inks (ink, harbour blue, rust) on paper, in a 1440 x 960 space, as tones
between 0 and 1. The press then does what a small-town offset press would do: it screens every tone
into round dots at that ink's own angle, lets the plates sit a little out of register, and prints
one over the other. What comes out is a picture of five flat colours, which packs small and
cannot look like a photograph of anybody.

Every size is screened anew rather than scaled down, so that dots never turn into moire.
The dot lattices are whole-numbered (a dot repeats after a whole number of pixels), because a
pattern that repeats exactly is one a PNG can pack.
"""
import math
import random

import numpy as np
from PIL import Image, ImageDraw

W, H = 1440, 960
SS = 2  # scenes are drawn at twice the largest size
LAYERS = ("ink", "blue", "rust")
# paper, blue, rust, blue over rust, ink
PALETTE = [0xFB, 0xF8, 0xF2, 0x0B, 0x4A, 0x6F, 0xB4, 0x53, 0x2A, 0x3A, 0x30, 0x38, 0x16, 0x18, 0x1D]
# width: lattice vectors of (ink, blue, rust), and the plates' shift in pixels
SCREENS = {
    1440: (((9, 9), (12, 4), (4, 12)), 3),
    960: (((7, 7), (9, 3), (3, 9)), 2),
    480: (((4, 4), (6, 2), (2, 6)), 1),
}


def screen(vector, width, height):
    """A threshold for every pixel, so that a tone of t inks exactly t of the area."""
    a, b = vector
    norm = a * a + b * b
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    u = (a * x + b * y) / norm * 2 * math.pi
    v = (-b * x + a * y) / norm * 2 * math.pi
    cell = np.round(np.cos(u) + np.cos(v), 4)
    period = min(height, width, norm)
    order = np.sort(-cell[:period, :period].ravel())
    return np.searchsorted(order, -cell.ravel()).reshape(cell.shape) / order.size


class Print:
    def __init__(self, seed=1):
        self.plates = {n: Image.new("L", (W * SS, H * SS), 0) for n in LAYERS}
        self.pens = {n: ImageDraw.Draw(p) for n, p in self.plates.items()}
        self.rng = random.Random(seed)

    # -- putting down tone ------------------------------------------------------------------
    def _each(self, tones, over):
        for name in LAYERS:
            if name in tones:
                yield self.pens[name], int(round(255 * tones[name]))
            elif not over:
                yield self.pens[name], 0

    def poly(self, points, over=False, **tones):
        """Fills a shape. It covers what lies below, unless `over` prints on top of it."""
        scaled = [(x * SS, y * SS) for x, y in points]
        for pen, value in self._each(tones, over):
            pen.polygon(scaled, fill=value)

    def rect(self, x0, y0, x1, y1, over=False, **tones):
        self.poly([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], over, **tones)

    def oval(self, cx, cy, rx, ry=None, over=False, **tones):
        ry = rx if ry is None else ry
        for pen, value in self._each(tones, over):
            pen.ellipse([(cx - rx) * SS, (cy - ry) * SS, (cx + rx) * SS, (cy + ry) * SS], fill=value)

    def line(self, points, width, over=False, **tones):
        scaled = [(x * SS, y * SS) for x, y in points]
        r = width * SS / 2
        for pen, value in self._each(tones, over):
            pen.line(scaled, fill=value, width=max(1, int(round(width * SS))), joint="curve")
            if width > 3:
                for x, y in (scaled[0], scaled[-1]):
                    pen.ellipse([x - r, y - r, x + r, y + r], fill=value)

    def clipped(self, points, paint):
        """Runs `paint`, and keeps what it did only inside the shape."""
        mask = Image.new("L", (W * SS, H * SS), 0)
        ImageDraw.Draw(mask).polygon([(x * SS, y * SS) for x, y in points], fill=255)
        before = {n: p.copy() for n, p in self.plates.items()}
        paint()
        for name in LAYERS:
            before[name].paste(self.plates[name], mask=mask)
            self.plates[name].paste(before[name])

    def bands(self, y0, y1, layer, start, end, steps=7, x0=0, x1=W):
        """A tone that changes in steps: dots grow row by row, as on a hand-cut screen."""
        for i in range(steps):
            tone = start + (end - start) * i / max(1, steps - 1)
            top = y0 + (y1 - y0) * i / steps
            self.rect(x0, top, x1, y0 + (y1 - y0) * (i + 1) / steps, True, **{layer: tone})

    # -- motifs that several scenes share ---------------------------------------------------
    def dash(self, x, y, length, thick, over=False, **tones):
        """A cut made with a gouge: pointed at both ends."""
        n = 6
        top = [(x + length * i / n, y - thick * math.sin(math.pi * i / n)) for i in range(n + 1)]
        low = [(x + length * i / n, y + thick * math.sin(math.pi * i / n) * 0.6)
               for i in range(n, -1, -1)]
        self.poly(top + low, over, **tones)

    def waves(self, y0, y1, density=1.0, size=1.0, x0=0, x1=W, over=False, **tones):
        """Cuts in the water, small at the horizon and long in front."""
        y = y0 + 6
        while y < y1:
            near = (y - y0) / max(1, y1 - y0)
            length = (30 + 170 * near) * size
            x = x0 + self.rng.uniform(-length, length)
            while x < x1:
                if self.rng.random() < 0.62 * density:
                    self.dash(x, y + self.rng.uniform(-4, 4), length * self.rng.uniform(0.5, 1.2),
                              (1.6 + 4.2 * near) * size, over, **tones)
                x += length * self.rng.uniform(1.1, 2.4)
            y += (9 + 30 * near) * size

    def gull(self, x, y, span, **tones):
        tones = tones or {"ink": 1}
        for side in (-1, 1):
            pts = curve([(x, y), (x + side * span * .28, y - span * .2), (x + side * span * .55, y - span * .1),
                         (x + side * span * .28, y - span * .13), (x, y + span * .05)])
            self.poly(pts, **tones)

    def cloud(self, x, y, w, h, **tones):
        """A flat-bottomed cloud."""
        pts = [(x, y)]
        n = 4 + self.rng.randrange(3)
        for i in range(n + 1):
            lift = math.sin(math.pi * (i + .4) / (n + .8)) * self.rng.uniform(.65, 1)
            pts.append((x + w * i / n, y - h * lift))
        pts.append((x + w, y))
        self.poly(curve(pts), **tones)

    # -- printing ---------------------------------------------------------------------------
    def pull(self, width):
        """One print of this width: a palette picture of five colours."""
        height = width * H // W
        vectors, shift = SCREENS[width]
        inked = []
        for i, name in enumerate(LAYERS):
            tone = np.asarray(self.plates[name].resize((width, height), Image.BOX), np.float32) / 255
            dx, dy = ((0, 0), (shift, -shift + 1), (-shift, shift))[i]
            tone = np.roll(np.pad(tone, 8, mode="edge"), (dy, dx), (0, 1))[8:-8, 8:-8]
            inked.append(tone > np.clip(screen(vectors[i], width, height), 0.02, 0.97))
        ink, blue, rust = inked
        index = np.where(ink, 4, blue + 2 * rust).astype(np.uint8)
        picture = Image.fromarray(index, "P")
        picture.putpalette(PALETTE)
        return picture


def curve(points, closed=False, n=10):
    """A smooth line through the points (Catmull-Rom)."""
    p = list(points)
    p = [p[-1]] + p + p[:2] if closed else [p[0]] + p + [p[-1]]
    out = []
    for i in range(1, len(p) - 2):
        a, b, c, d = p[i - 1], p[i], p[i + 1], p[i + 2]
        for k in range(n):
            t = k / n
            out.append(tuple(
                .5 * (2 * b[j] + (c[j] - a[j]) * t + (2 * a[j] - 5 * b[j] + 4 * c[j] - d[j]) * t * t
                      + (3 * b[j] - a[j] - 3 * c[j] + d[j]) * t ** 3) for j in (0, 1)))
    if not closed:
        out.append(p[-2])
    return out


def arc(cx, cy, r, a0, a1, n=48, ry=None):
    """Points on an arc, angles in degrees, clockwise from east as the eye sees it."""
    ry = r if ry is None else ry
    return [(cx + r * math.cos(math.radians(a0 + (a1 - a0) * i / n)),
             cy + ry * math.sin(math.radians(a0 + (a1 - a0) * i / n))) for i in range(n + 1)]

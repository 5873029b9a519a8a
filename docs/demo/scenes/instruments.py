"""Charts, maps and measuring."""
import math

from press import W, H, Print, arc, curve


def flood_map():
    """The Old Town and Southside; the rust line is where the water would stop."""
    p = Print(51)
    p.rect(0, 0, W, H)
    north = curve([(-20, 420), (180, 400), (380, 430), (600, 410), (820, 440), (960, 420), (1080, 380)])
    south = curve([(1080, 640), (940, 580), (780, 560), (560, 540), (340, 560), (160, 520), (-20, 540)])
    coast_n = curve([(1080, 380), (1120, 260), (1090, 120), (1130, -20)])
    coast_s = curve([(1140, 980), (1100, 840), (1120, 720), (1080, 640)])
    # street blocks, a little askew, on both banks
    for base, rows, cols in (((40, 40), 5, 14), ((60, 600), 5, 14)):
        for r in range(rows):
            for c in range(cols):
                x, y = base[0] + c * 76 + r * 7, base[1] + r * 70 + c * 3
                if x > 1000 or (base[1] > 500 and x > 1020) or p.rng.random() < .05:
                    continue
                w, h = p.rng.uniform(50, 62), p.rng.uniform(44, 54)
                tone = p.rng.choice((.22, .22, .34, .5))
                p.poly([(x, y), (x + w, y + 2), (x + w + 4, y + h), (x + 4, y + h - 2)], ink=tone)
                if p.rng.random() < .14:
                    p.poly([(x + 8, y + 8), (x + 34, y + 9), (x + 35, y + 34), (x + 9, y + 33)], ink=1)
    p.oval(520, 180, 56, ink=0, blue=.16)
    for _ in range(9):
        p.oval(520 + p.rng.uniform(-40, 40), 180 + p.rng.uniform(-40, 40), 9, ink=.7)
    # flooded ground
    flood_n = curve([(-20, 260), (140, 236), (260, 290), (420, 300), (540, 262), (700, 300), (840, 250), (960, 280), (1060, 180), (1100, 120)])
    p.poly(flood_n + list(reversed(coast_n)) + list(reversed(north)), True, blue=.46)
    flood_s = curve([(1110, 800), (1000, 720), (880, 740), (760, 690), (600, 700), (440, 660), (260, 690), (120, 640), (-20, 670)])
    p.poly(flood_s + list(reversed(south)) + [(1080, 640)], True, blue=.46)
    # water proper
    p.poly(north + [(W, 380), (W, 640)] + south, blue=1)
    p.poly(coast_n + [(W, -20), (W, 980)] + coast_s, blue=1)
    p.line(north + coast_n, 7, ink=1)
    p.line(coast_s + south, 7, ink=1)
    for k in range(4):
        p.line([(1180 + k * 66 + 14 * math.sin(i / 3 + k), i * 40 - 20) for i in range(27)], 3)
    for y in (470, 500):
        for i in range(5):
            p.dash(120 + i * 190 + (y - 470) * 2, y, 90, 3)
    # bridge and piers
    p.line([(486, 410), (478, 560)], 20)
    p.line([(486, 410), (478, 560)], 12, ink=1)
    p.oval(482, 486, 26, ink=1)
    p.line([(1080, 384), (1230, 330), (1330, 330)], 16, ink=1)
    p.line([(1080, 636), (1220, 680), (1300, 660)], 16, ink=1)
    for x, y in ((1330, 330), (1300, 660)):
        p.oval(x, y, 17)
        p.oval(x, y, 11, rust=1)
    # the line
    for line in (flood_n, flood_s):
        p.line(line, 15)
        p.line(line, 9, rust=1)
    # compass
    cx, cy = 1320, 150
    p.oval(cx, cy, 92)
    p.line(arc(cx, cy, 78, 0, 360), 4, ink=1)
    for k in range(4):
        a = math.pi / 2 * k - math.pi / 2
        tip = (cx + 84 * math.cos(a), cy + 84 * math.sin(a))
        for s, tones in ((1, {"ink": 1}), (-1, {"rust": 1} if k == 0 else {"ink": .4})):
            p.poly([(cx, cy), (cx + 20 * math.cos(a + s * .8), cy + 20 * math.sin(a + s * .8)), tip], **tones)
    return p


def cable_chart():
    """The cable to Hesk, on a chart without a word on it."""
    p = Print(52)
    p.rect(0, 0, W, H, blue=.12)
    # depth lines round the island and along the coast
    ix, iy = 1030, 400

    def isle(k):
        return curve([(ix + k * dx, iy + k * dy) for dx, dy in
                      ((-110, -20), (-70, -84), (10, -96), (92, -60), (120, 20), (70, 84), (-20, 92), (-90, 56))], True)
    coast = [(250, -20), (290, 120), (230, 260), (330, 380), (250, 470), (180, 520), (250, 570), (340, 660), (300, 800), (360, 980)]
    for d, tone in ((430, .24), (300, .38), (180, .54), (80, .74)):
        p.poly(curve([(x + d, y) for x, y in coast]) + [(-20, 980), (-20, -20)], blue=tone)
        p.line(curve([(x + d, y) for x, y in coast]), 2.4, ink=1)
    for k, tone in ((3.1, .3), (2.4, .42), (1.8, .56), (1.36, .76)):
        p.poly(isle(k), blue=tone)
        p.line(isle(k) + isle(k)[:1], 2.4, ink=1)
    # graticule
    for i in range(1, 6):
        p.line([(i * 240, 36), (i * 240, H - 36)], 2, ink=1)
    for i in range(1, 4):
        p.line([(36, i * 240), (W - 36, i * 240)], 2, ink=1)
    # land
    p.poly(curve(coast) + [(-20, 980), (-20, -20)])
    p.poly(curve(coast) + [(-20, 980), (-20, -20)], rust=.3)
    p.line(curve(coast), 7, ink=1)
    p.poly([(-20, 500), (100, 512), (182, 520), (100, 534), (-20, 528)], blue=.74)
    for x, y in ((90, 200), (150, 330), (110, 720), (200, 760), (80, 850)):
        for k in range(12):
            a = math.pi * k / 6
            p.line([(x + 16 * math.cos(a), y + 12 * math.sin(a)), (x + 34 * math.cos(a), y + 25 * math.sin(a))], 2.4, ink=1)
    p.poly(isle(1))
    p.poly(isle(1), rust=.3)
    p.line(isle(1) + isle(1)[:1], 7, ink=1)
    for k in range(12):
        a = math.pi * k / 6
        p.line([(ix + 10 + 14 * math.cos(a), iy - 30 + 10 * math.sin(a)), (ix + 10 + 36 * math.cos(a), iy - 30 + 26 * math.sin(a))], 2.4, ink=1)
    # the cable
    cable = curve([(182, 520), (330, 560), (520, 640), (700, 620), (830, 520), (930, 440)])
    p.line(cable, 20)
    p.line(cable, 12, rust=1)
    for x, y in (cable[0], cable[-1]):
        p.oval(x, y, 26)
        p.oval(x, y, 20, ink=1)
        p.oval(x, y, 8, rust=1)
    # soundings as dots, and a rose
    for _ in range(46):
        x, y = p.rng.uniform(560, 1400), p.rng.uniform(60, 900)
        if math.hypot(x - ix, y - iy) > 330:
            p.oval(x, y, 4, ink=1)
    cx, cy = 1240, 790
    p.oval(cx, cy, 104)
    for r in (96, 78):
        p.line(arc(cx, cy, r, 0, 360), 3, ink=1)
    for k in range(32):
        a = math.pi * k / 16
        p.line([(cx + 80 * math.cos(a), cy + 80 * math.sin(a)), (cx + 95 * math.cos(a), cy + 95 * math.sin(a))], 3, ink=1)
    for k in range(8):
        a = math.pi / 4 * k - math.pi / 2
        r = 76 if k % 2 == 0 else 44
        p.poly([(cx + 16 * math.cos(a + .8), cy + 16 * math.sin(a + .8)), (cx + r * math.cos(a), cy + r * math.sin(a)),
                (cx + 16 * math.cos(a - .8), cy + 16 * math.sin(a - .8))], **({"rust": 1} if k == 0 else {"ink": 1}))
    # scale border
    for i in range(30):
        tones = {"ink": 1} if i % 2 else {}
        for y in (16, H - 36):
            p.rect(36 + i * 45.6, y, 36 + (i + 1) * 45.6, y + 20, **tones)
    for i in range(19):
        tones = {"ink": 1} if i % 2 else {}
        for x in (16, W - 36):
            p.rect(x, 36 + i * 46.7, x + 20, 36 + (i + 1) * 46.7, **tones)
    return p


def tide_curve():
    """A week on the drum: two tides a day, never twins."""
    p = Print(53)
    p.rect(0, 0, W, H, blue=.3)
    p.bands(0, H, "blue", .55, .2, 5)
    p.poly([(96, 76), (1360, 60), (1372, 884), (84, 900)], ink=1)
    p.rect(80, 60, 1352, 880)
    for i in range(29):
        p.line([(110 + i * 43.6, 90), (110 + i * 43.6, 850)], 3 if i % 4 else 5, **({"blue": .35} if i % 4 else {"blue": 1}))
    for i in range(17):
        p.line([(110, 90 + i * 47.5), (1331, 90 + i * 47.5)], 2.5 if i % 4 else 4, blue=.35 if i % 4 else .8)

    def level(t, row):
        springs = 1 + .34 * math.cos((t - 3.6 + row * 7) / 14.77 * 4 * math.pi)
        return springs * (math.sin(2 * math.pi * t / .5175) + .16 * math.sin(2 * math.pi * t / 1.035 + 1))
    for row, mid in ((0, 290), (1, 660)):
        pts = [(110 + 1221 * i / 700, mid - 112 * level(7 * i / 700, row)) for i in range(701)]
        p.poly(pts + [(1331, mid + 180), (110, mid + 180)], True, blue=.22)
        if row == 0:
            top = min(range(250, 450), key=lambda i: pts[i][1])
            seg = pts[top - 24:top + 27]
            p.poly(seg + [(seg[-1][0], mid + 180), (seg[0][0], mid + 180)], rust=1)
            p.oval(pts[top][0], pts[top][1] - 44, 15, rust=1)
        p.line(pts, 11, ink=1)
    # the pen
    p.poly([(1331, 600), (1440, 520), (1440, 570), (1340, 622)], ink=1)
    p.oval(1331, 612, 17, rust=1)
    return p


def radar():
    """What the receivers said: a ring of ships where no sea is."""
    p = Print(54)
    p.rect(0, 0, W, H, ink=1)
    cx, cy, r = 720, 480, 430
    p.oval(cx, cy, r + 26, rust=1)
    p.oval(cx, cy, r + 14, ink=1)
    p.oval(cx, cy, r, blue=1, ink=.45)
    # land on the left of the tube
    land = curve([(520, 60), (560, 200), (500, 330), (580, 440), (470, 500), (560, 580), (540, 700), (590, 820), (560, 940)]) + [(200, 940), (200, 40)]
    p.clipped(arc(cx, cy, r, 0, 360, 120), lambda: (p.poly(land, blue=.62), p.line(land[:-2], 5)))
    sweep = [(cx, cy)] + arc(cx, cy, r, -52, -14)
    p.poly(sweep, blue=.5)
    p.poly([(cx, cy)] + arc(cx, cy, r, -30, -14), blue=.26)
    for k in range(1, 5):
        p.line(arc(cx, cy, r * k / 4, 0, 360, 120), 2.6)
    p.line([(cx - r, cy), (cx + r, cy)], 2)
    p.line([(cx, cy - r), (cx, cy + r)], 2)
    p.line([(cx, cy), (cx + r * math.cos(math.radians(-14)), cy + r * math.sin(math.radians(-14)))], 9)
    for k in range(72):
        a = math.pi * k / 36
        p.line([(cx + (r - 2) * math.cos(a), cy + (r - 2) * math.sin(a)),
                (cx + (r - (26 if k % 6 == 0 else 14)) * math.cos(a), cy + (r - (26 if k % 6 == 0 else 14)) * math.sin(a))], 3)
    # twenty-three ships in a ring, inland
    for k in range(23):
        a = 2 * math.pi * k / 23
        x, y = 424 + 84 * math.cos(a), 560 + 84 * math.sin(a)
        p.oval(x, y, 12)
        p.oval(x, y, 9, rust=1)
    # two real ones
    for x, y in ((880, 620), (960, 350)):
        p.oval(x, y, 13)
    # knobs
    for x, y in ((120, 170), (120, 480), (120, 790), (1320, 170), (1320, 480), (1320, 790)):
        p.oval(x, y, 66, blue=.55)
        p.oval(x, y, 48, ink=1)
        a = p.rng.uniform(0, 6.28)
        p.line([(x, y), (x + 42 * math.cos(a), y + 42 * math.sin(a))], 8)
    return p

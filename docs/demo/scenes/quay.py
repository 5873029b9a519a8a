"""Iron, stone and what stands along the river."""
import math

from press import W, H, Print, arc, curve


def _gear(p, cx, cy, r, teeth, phase=0.0, **tones):
    pts = []
    for i in range(teeth):
        for da, rr in ((-.30, r), (-.17, r * 1.115), (.17, r * 1.115), (.30, r)):
            a = 2 * math.pi * (i + da + phase) / teeth
            pts.append((cx + rr * math.cos(a), cy + rr * math.sin(a)))
    p.poly(pts, **tones)


def swing_bridge():
    """The bridge stuck open: a long lattice on one round pier, with water where the road should be."""
    p = Print(21)
    p.rect(0, 0, W, 600, rust=.05)
    p.bands(0, 600, "blue", .42, .05, 6)
    p.cloud(80, 190, 480, 64)
    p.cloud(930, 140, 430, 52)
    # the far bank: sheds and chimneys
    x = 0
    while x < W:
        w, h = p.rng.uniform(60, 140), p.rng.uniform(24, 80)
        p.poly([(x, 600), (x, 600 - h), (x + w / 2, 576 - h), (x + w, 600 - h), (x + w, 600)], blue=.62)
        if p.rng.random() < .3:
            p.rect(x + 20, 460, x + 38, 600 - h, blue=.62)
        x += w
    p.rect(0, 600, W, H, blue=.8)
    p.bands(600, H, "blue", .5, 1, 5)
    p.waves(612, 960, .75)
    p.waves(640, 960, .45, ink=1)
    # abutments with the road cut off
    for side in (0, 1):
        def m(v):
            return W - v if side else v
        p.poly([(m(0), 520), (m(150), 520), (m(150), 560), (m(170), 760), (m(0), 800)], ink=1)
        for i in range(5):
            p.line([(m(0), 590 + i * 38), (m(154 + i * 4), 584 + i * 34)], 2)
        p.rect(min(m(0), m(150)), 500, max(m(0), m(150)), 522, rust=1)
        p.line([(m(132), 500), (m(132), 380)], 8, ink=1)
        p.oval(m(132), 372, 20, rust=1)
    # pier
    p.oval(720, 742, 210, 40)
    p.rect(560, 574, 880, 736, ink=1)
    p.oval(720, 736, 160, 30, ink=1)
    for i in range(4):
        p.line([(562, 620 + i * 30), (878, 620 + i * 30)], 2)
    p.oval(720, 574, 160, 24, rust=1)
    p.rect(640, 556, 800, 576, ink=1)
    # span, both arms
    def top(x):
        return 508 - 150 * max(0, 1 - abs(x - 720) / 470)
    xs = [250 + i * 47 for i in range(21)]
    p.rect(244, 520, 1196, 560, ink=1)
    p.rect(244, 530, 1196, 538, rust=1)
    p.line([(x, top(x)) for x in xs], 16, ink=1)
    for i, x in enumerate(xs):
        p.line([(x, top(x)), (x, 524)], 7, ink=1)
        if i < 20:
            a, b = xs[i], xs[i + 1]
            p.line([(a, 524), (b, top(b))] if x < 720 else [(a, top(a)), (b, 524)], 5, ink=1)
    # cabin
    p.rect(660, 270, 780, 352, rust=1)
    for x in (676, 730):
        p.rect(x, 288, x + 34, 322)
    p.poly([(640, 274), (720, 216), (800, 274)], ink=1)
    p.line([(720, 220), (720, 150)], 6, ink=1)
    p.poly([(722, 150), (776, 164), (722, 180)], rust=1)
    return p


def cogs():
    """Half of the repair bill: rack gear and pinion."""
    p = Print(22)
    p.rect(0, 0, W, H, blue=.16)
    p.bands(0, H, "blue", .1, .55, 6)
    _gear(p, 500, 560, 440, 30, ink=1)
    p.oval(500, 560, 380, blue=.16)
    p.oval(500, 560, 380, ink=.34)
    for i in range(6):
        a = math.pi * i / 3 + .2
        p.line([(500, 560), (500 + 372 * math.cos(a), 560 + 372 * math.sin(a))], 62, ink=1)
    p.oval(500, 560, 130, ink=1)
    p.oval(500, 560, 84)
    p.oval(500, 560, 52, ink=1)
    for i in range(8):
        a = math.pi * i / 4
        p.oval(500 + 107 * math.cos(a), 560 + 107 * math.sin(a), 10)
    p.line(arc(500, 560, 405, 190, 300), 7)
    _gear(p, 1094, 300, 212, 15, .52, rust=1)
    p.oval(1094, 300, 160, rust=.5)
    for i in range(5):
        a = 2 * math.pi * i / 5
        p.oval(1094 + 100 * math.cos(a), 300 + 100 * math.sin(a), 36, ink=1)
    p.oval(1094, 300, 54, rust=1)
    p.oval(1094, 300, 26, ink=1)
    p.line(arc(1094, 300, 182, 200, 290), 6)
    # the pin on the sill
    p.rect(0, 878, W, H, ink=1)
    p.rect(0, 868, W, 878)
    p.poly([(1020, 868), (1020, 822), (1200, 822), (1216, 845), (1200, 868)], rust=1)
    p.poly([(1246, 868), (1232, 842), (1250, 822), (1350, 822), (1350, 868)], rust=1)
    p.rect(1010, 812, 1030, 872, ink=1)
    return p


def slip():
    """Skell Slip on Hesk: the only way on or off."""
    p = Print(23)
    p.rect(0, 0, W, 470, rust=.08)
    p.bands(0, 470, "rust", .05, .38, 6)
    p.rect(0, 466, W, H, blue=.7)
    p.bands(466, H, "blue", .45, 1, 6)
    p.waves(476, 960, .7)
    p.poly(curve([(820, 470), (930, 440), (1080, 436), (1240, 466)]) + [(820, 470)], blue=.75)
    # the ship, far out
    p.poly([(330, 452), (350, 478), (520, 478), (546, 448), (520, 456)], ink=1)
    p.poly([(372, 456), (380, 424), (490, 424), (504, 456)])
    p.rect(440, 404, 486, 426)
    p.rect(384, 434, 494, 442, ink=1)
    p.rect(400, 398, 420, 426, rust=1)
    # island shore
    p.poly(curve([(1460, 330), (1280, 360), (1120, 430), (1010, 520), (930, 600), (860, 700), (830, 830), (840, 960)])
           + [(W, H)], ink=1)
    p.poly(curve([(1460, 330), (1290, 362), (1140, 432), (1040, 520), (1120, 560), (1300, 540), (1460, 560)]), blue=1, ink=.35)
    for x, y, s in ((1180, 470, 1), (1290, 430, 1.1), (1400, 400, 1)):
        p.rect(x - 44 * s, y - 50 * s, x + 44 * s, y + 8, )
        p.poly([(x - 56 * s, y - 48 * s), (x, y - 96 * s), (x + 56 * s, y - 48 * s)], rust=1)
        p.rect(x - 10, y - 30, x + 10, y + 8, ink=1)
        p.rect(x + 22 * s, y - 92 * s, x + 36 * s, y - 56 * s, ink=1)
    # slipway, running down towards the eye's left
    p.poly([(1060, 560), (1180, 590), (520, 960), (120, 960)])
    p.poly([(1060, 560), (1180, 590), (520, 960), (120, 960)], ink=.2)
    for i in range(9):
        t = i / 9
        p.line([(1060 - 940 * t ** 1.3, 560 + 400 * t ** 1.3), (1180 - 660 * t ** 1.3, 590 + 370 * t ** 1.3)], 2 + 3 * t, ink=1)
    p.poly([(1180, 590), (1196, 640), (640, 960), (520, 960)], ink=1)
    for x, y, s in ((1000, 640, .7), (800, 760, 1), (560, 900, 1.4)):
        p.rect(x - 16 * s, y - 70 * s, x + 16 * s, y, rust=1)
        p.oval(x, y - 72 * s, 25 * s, 12 * s, ink=1)
    p.line([(1098, 566), (1098, 300)], 8, ink=1)
    p.line([(1060, 350), (1136, 350)], 6, ink=1)
    p.oval(1066, 376, 15, ink=1)
    p.poly([(1112, 360), (1148, 360), (1130, 394)], ink=1)
    for x, y, s in ((250, 190, 90), (420, 270, 60), (690, 150, 74)):
        p.gull(x, y, s)
    return p


def tide_gauge():
    """The gauge house on its steps and the staff in the water."""
    p = Print(24)
    p.rect(0, 0, W, 560, blue=.1)
    p.bands(0, 560, "blue", .45, .05, 7)
    p.oval(300, 240, 100)
    p.oval(336, 222, 90, blue=.32)
    p.rect(0, 560, W, H, blue=.85)
    p.bands(560, H, "blue", .55, 1, 5)
    p.waves(572, 960, .7)
    p.waves(600, 960, .4, ink=1)
    # quay and steps
    p.poly([(760, 560), (W, 560), (W, H), (640, H), (640, 860), (680, 860), (680, 780), (720, 780), (720, 700), (760, 700)], ink=1)
    for r in range(5):
        y = 600 + r * 72
        p.line([(770 if y < 700 else 730 if y < 780 else 690, y), (W, y)], 2)
        for c in range(5):
            x = 860 + c * 140 + (r % 2) * 60
            p.line([(x, y), (x, min(y + 72, H))], 2)
    p.rect(748, 546, W, 566)
    p.rect(748, 546, W, 566, ink=.2)
    # house
    p.rect(900, 300, 1230, 548, rust=1)
    for r in range(7):
        p.line([(900, 332 + r * 34), (1230, 332 + r * 34)], 2)
    p.poly([(868, 304), (920, 190), (1210, 190), (1262, 304)], ink=1)
    p.rect(1000, 390, 1090, 548, ink=1)
    p.rect(1012, 402, 1078, 548, blue=.9)
    p.oval(1068, 480, 6)
    p.oval(1170, 400, 34)
    p.oval(1170, 400, 26, ink=1)
    p.rect(930, 390, 974, 450)
    p.rect(950, 390, 954, 450, ink=1)
    p.line([(1150, 190), (1150, 90)], 6, ink=1)
    p.line([(1110, 110), (1190, 110)], 5, ink=1)
    for k in (-1, 0, 1):
        p.oval(1150 + 40 * k, 106, 12, ink=1)
    # staff: one metre marks, no numerals
    p.rect(470, 250, 570, 900)
    for i in range(10):
        y = 256 + i * 64
        p.rect(470, y, 520 if i % 2 else 570, y + 32, ink=1)
        p.rect(520, y + 32, 570, y + 48, rust=1)
    p.rect(456, 236, 584, 254, ink=1)
    p.rect(456, 250, 470, 930, ink=1)
    p.poly([(440, 800), (600, 800), (600, H), (440, H)], blue=1)
    for w, y in ((260, 800), (200, 824), (280, 850)):
        p.dash(520 - w / 2, y, w, 7)
    p.waves(840, 960, .6, x0=380, x1=640, ink=1)
    p.gull(520, 205, 110)
    return p


def skiff():
    """Patience in the last mile."""
    p = Print(25)
    p.rect(0, 0, W, 420, rust=.04)
    p.bands(0, 420, "rust", .3, .04, 6)
    p.poly(curve([(700, 420), (820, 370), (960, 330), (1180, 340), (1320, 300), (1460, 310)]) + [(W, 422), (700, 422)], blue=.6)
    p.rect(1150, 190, 1186, 342, ink=1)
    p.rect(1138, 176, 1198, 194, ink=1)
    p.poly([(1140, 178), (1168, 140), (1196, 178)], rust=1)
    p.rect(0, 418, W, H, blue=.7)
    p.bands(418, H, "blue", .4, 1, 7)
    p.waves(430, 960, .8)
    p.waves(470, 960, .5, ink=1)
    # far oars first
    for i in range(4):
        x = 470 + i * 150
        p.line([(x + 10, 560), (x - 90, 470)], 7, ink=1)
        p.poly([(x - 86, 482), (x - 100, 476), (x - 148, 424), (x - 132, 416)], ink=1)
    # crew: backs and caps only
    for i in range(4):
        x = 452 + i * 150
        p.poly(curve([(x - 52, 610), (x - 64, 520), (x - 40, 450), (x + 10, 446), (x + 34, 500), (x + 44, 610)]), ink=1)
        p.poly([(x - 60, 540), (x - 52, 496), (x + 32, 496), (x + 38, 540)], rust=1)
        p.line([(x + 6, 490), (x + 84, 540)], 20, ink=1)
        p.oval(x - 20, 414, 30, ink=1)
        p.poly([(x - 52, 410), (x - 48, 386), (x - 20, 378), (x + 8, 388), (x + 12, 408)], rust=1)
    x = 1052
    p.poly(curve([(x - 40, 600), (x - 50, 520), (x - 20, 456), (x + 30, 460), (x + 50, 600)]), ink=1)
    p.oval(x, 424, 30, ink=1)
    p.poly([(x - 30, 416), (x - 24, 388), (x + 8, 386), (x + 32, 404)])
    # hull
    p.poly(curve([(196, 540), (300, 584), (600, 612), (900, 604), (1120, 570), (1236, 500)])
           + curve([(1236, 500), (1180, 640), (1060, 690), (700, 706), (380, 690), (260, 640), (196, 540)]), ink=1)
    p.poly(curve([(210, 556), (320, 604), (620, 632), (900, 624), (1110, 592), (1222, 526)])
           + curve([(1214, 546), (1110, 618), (900, 650), (620, 658), (330, 632), (222, 580)]))
    # near oars
    for i in range(4):
        x = 520 + i * 150
        p.line([(x, 590), (x - 150, 780)], 11)
        p.line([(x, 590), (x - 150, 780)], 8, ink=1)
        p.poly([(x - 140, 756), (x - 122, 768), (x - 186, 856), (x - 212, 846)], rust=1)
        p.dash(x - 290, 850, 190, 9)
        p.dash(x - 250, 870, 120, 6)
    p.dash(120, 720, 1040, 14)
    p.dash(60, 690, 260, 10)
    p.dash(1130, 660, 260, 10)
    return p

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


def crane():
    """Big Ada, the hammerhead on the Staithes, with nothing on her hook."""
    p = Print(41)
    p.rect(0, 0, W, 700, rust=.1)
    p.bands(0, 700, "rust", .62, .08, 8)
    p.oval(330, 560, 120)
    p.rect(0, 690, W, H, blue=.9)
    p.bands(690, H, "blue", .6, 1, 4)
    p.waves(700, 960, .7)
    p.waves(720, 960, .4, ink=1)
    # the staithes
    p.rect(560, 690, W, 760, ink=1)
    for i in range(11):
        p.rect(590 + i * 82, 750, 616 + i * 82, 880, ink=1)
    p.rect(560, 686, W, 696)
    x = 1010
    while x < W:
        w, h = p.rng.uniform(70, 130), p.rng.uniform(40, 110)
        p.poly([(x, 688), (x, 688 - h), (x + w / 2, 660 - h), (x + w, 688 - h), (x + w, 688)], ink=1)
        x += w
    # tower, four legs seen as two, cross-braced
    for a, b in ((660, 726), (960, 894)):
        p.line([(a, 690), (b, 330)], 18, ink=1)
    ys = [690, 600, 510, 420, 330]
    for y0, y1 in zip(ys, ys[1:]):
        def lx(y):
            return 660 + 66 * (690 - y) / 360
        p.line([(lx(y0), y0), (1620 - lx(y1), y1)], 8, ink=1)
        p.line([(1620 - lx(y0), y0), (lx(y1), y1)], 8, ink=1)
        p.line([(lx(y1), y1), (1620 - lx(y1), y1)], 10, ink=1)
    p.rect(700, 300, 920, 336, ink=1)
    # the hammerhead: long jib to the left, counterweight to the right
    p.rect(180, 236, 1150, 262, ink=1)
    p.line([(180, 242), (560, 128), (900, 128), (1150, 242)], 13, ink=1)
    xs = list(range(240, 1150, 76))
    for i, x in enumerate(xs):
        t = 128 if 560 <= x <= 900 else (128 + 114 * (560 - x) / 380 if x < 560 else 128 + 114 * (x - 900) / 250)
        p.line([(x, t), (x, 244)], 6, ink=1)
        if i:
            p.line([(x, t), (xs[i - 1], 244)] if x < 760 else [(xs[i - 1], tp), (x, 244)], 5, ink=1)
        tp = t
    p.rect(1040, 200, 1160, 300, ink=1)
    p.rect(740, 262, 880, 302, ink=1)
    p.poly([(760, 128), (776, 84), (850, 84), (866, 128)], ink=1)
    p.rect(786, 94, 840, 116)
    # hook
    p.rect(330, 256, 396, 282, ink=1)
    p.line([(350, 280), (350, 440)], 4, ink=1)
    p.line([(376, 280), (376, 440)], 4, ink=1)
    p.oval(363, 452, 24, ink=1)
    p.line(arc(363, 506, 28, -90, 150), 11, ink=1)
    for gx, gy, s in ((1240, 190, 70), (1300, 260, 50), (600, 70, 44)):
        p.gull(gx, gy, s)
    return p


def charger():
    """The arm at the Watch House berth, on its second set of bolts."""
    p = Print(42)
    p.rect(0, 0, W, 620, blue=.1)
    p.bands(0, 620, "blue", .5, .05, 7)
    p.cloud(60, 180, 420, 60)
    p.cloud(520, 110, 320, 44)
    p.rect(0, 620, W, H, blue=.9)
    p.bands(620, H, "blue", .6, 1, 4)
    p.waves(630, 960, .7)
    # quay
    p.rect(0, 720, 620, H, ink=1)
    p.rect(0, 706, 636, 730, rust=1)
    for r in range(3):
        p.line([(0, 790 + r * 62), (620, 790 + r * 62)], 2)
    for x in (120, 290):
        p.rect(x - 16, 664, x + 16, 708, ink=1)
        p.oval(x, 664, 28, 12, ink=1)
    # bow of the ship, coming in from the right
    p.poly(curve([(860, 470), (930, 640), (990, 740), (1080, 800)]) + [(W, 800), (W, 430)], ink=1)
    p.poly([(873, 500), (886, 530), (W, 506), (W, 476)], rust=1)
    p.poly([(1010, 452), (1046, 300), (W, 270), (W, 432)])
    p.poly([(1072, 340), (1088, 300), (W, 276), (W, 320)], ink=1)
    p.rect(1130, 168, W, 276)
    p.poly([(1150, 190), (W, 190), (W, 236), (1140, 236)], ink=1)
    p.rect(1116, 160, W, 174, ink=1)
    p.rect(1000, 436, W, 448, ink=1)
    for i in range(6):
        p.oval(1130 + i * 60, 388, 17, blue=1)
    p.dash(1000, 806, 500, 14)
    p.dash(900, 840, 300, 8)
    # column and arm
    p.rect(400, 660, 560, 712, ink=1)
    for i in range(5):
        p.oval(420 + i * 30, 694, 7)
    p.poly([(440, 664), (452, 200), (508, 200), (520, 664)], rust=1)
    for i in range(6):
        p.line([(446, 600 - i * 64), (514, 600 - i * 64)], 3)
    p.oval(480, 196, 52, ink=1)
    p.oval(480, 196, 20)
    p.line([(480, 196), (760, 276)], 36, ink=1)
    p.oval(760, 276, 40, ink=1)
    p.oval(760, 276, 14)
    p.line([(760, 276), (806, 540)], 26, ink=1)
    p.poly([(770, 520), (860, 500), (884, 574), (786, 596)], rust=1)
    for dy in (0, 30):
        p.line([(862, 524 + dy), (922, 512 + dy)], 13, ink=1)
    loop = curve([(450, 330), (360, 420), (420, 560), (600, 470), (700, 400), (780, 520)])
    p.line(loop, 12)
    p.line(loop, 8, ink=1)
    p.gull(680, 130, 70)
    p.gull(300, 250, 54)
    return p


def anchor():
    """The anchor nobody lost, coming up."""
    p = Print(43)
    p.rect(0, 0, W, 640, rust=.06)
    p.bands(0, 640, "rust", .06, .5, 7)
    p.rect(0, 640, W, H, blue=.85)
    p.bands(640, H, "blue", .55, 1, 5)
    p.waves(650, 960, .7)
    p.waves(680, 960, .4, ink=1)
    p.poly(curve([(0, 640), (160, 606), (330, 600), (470, 640)]) + [(0, 640)], blue=.75)
    p.poly([(1180, 640), (1180, 560), (1240, 560), (1240, 500), (1300, 500), (1300, 560), (1460, 560), (1460, 640)], blue=.75)
    # chain
    for i in range(4):
        y = -20 + i * 62
        if i % 2:
            p.rect(711, y - 14, 729, y + 66, ink=1)
        else:
            p.oval(720, y + 26, 25, 44, ink=1)
            p.oval(720, y + 26, 11, 28, rust=.1)
    # ring
    p.line(arc(720, 268, 58, 0, 360), 20, ink=1)
    # stock of wood
    p.poly(curve([(470, 352), (500, 328), (720, 312), (940, 328), (970, 352)]) + curve([(970, 366), (940, 384), (720, 404), (500, 384), (470, 366)]), rust=1)
    for x in (570, 650, 790, 870):
        p.rect(x - 9, 322, x + 9, 396, ink=1)
    # shank and arms
    p.poly([(694, 300), (746, 300), (758, 800), (682, 800)], ink=1)
    p.line([(706, 420), (702, 740)], 4)
    p.line([(720, 812), (470, 640)], 52, ink=1)
    p.line([(720, 812), (984, 664), (1000, 610)], 52, ink=1)
    p.poly([(720, 870), (676, 800), (764, 800)], ink=1)
    p.poly([(410, 660), (446, 540), (560, 640), (520, 690)], ink=1)
    p.poly([(954, 640), (930, 560), (1040, 520), (1066, 640), (1000, 680)], ink=1)
    # weed and water
    for x, y, n in ((476, 690, 5), (540, 720, 4), (1010, 676, 4)):
        for k in range(n):
            p.line(curve([(x + k * 14, y), (x + k * 14 + 12, y + 50), (x + k * 14 - 8, y + 100 + k * 11)]), 6, blue=1)
    for i in range(26):
        x = 500 + p.rng.uniform(0, 520)
        y = 700 + p.rng.uniform(0, 160)
        p.dash(x, y, 3, 12)
    p.dash(440, 880, 560, 12)
    p.dash(520, 912, 400, 8)
    for gx, gy, s in ((270, 190, 84), (380, 280, 54), (1150, 230, 70)):
        p.gull(gx, gy, s)
    return p


def lighthouse():
    """The High Light with its four beams."""
    p = Print(44)
    p.rect(0, 0, W, H, blue=1, ink=.5)
    p.bands(0, 700, "ink", .78, .2, 7)
    for _ in range(60):
        p.oval(p.rng.uniform(0, W), p.rng.uniform(0, 560), p.rng.uniform(2, 4.5))
    cx, cy = 900, 250
    for a, b in (((-60, 60), (-60, 200)), ((-60, 420), (-60, 590)), ((1500, 110), (1500, 230)), ((1500, 330), (1500, 480))):
        p.poly([(cx, cy - 6), a, b, (cx, cy + 6)], rust=.1)
    p.rect(0, 700, W, H, blue=1, ink=.35)
    p.waves(706, 960, .6)
    p.dash(40, 720, 360, 5)
    # headland
    p.poly(curve([(520, 740), (600, 690), (690, 676), (760, 640), (900, 626), (1080, 640), (1240, 610), (1460, 560)])
           + [(W, H), (430, H), (470, 830)], ink=1)
    for pts in ([(560, 760), (640, 740), (700, 800)], [(640, 840), (740, 790), (840, 850)], [(900, 730), (1000, 760), (1100, 720)]):
        p.line(curve(pts), 3)
    # tower
    p.poly([(834, 640), (860, 320), (940, 320), (966, 640)])
    p.poly([(900, 640), (900, 320), (940, 320), (966, 640)], blue=.35)
    for y0, y1 in ((380, 450), (530, 600)):
        def e(y):
            return 26 * (640 - y) / 320
        p.poly([(834 + e(y0), y0), (966 - e(y0), y0), (966 - e(y1), y1), (834 + e(y1), y1)], rust=1)
    p.rect(886, 480, 906, 508, ink=1)
    p.rect(878, 600, 914, 642, ink=1)
    p.rect(838, 302, 962, 322, ink=1)
    for x in range(842, 962, 16):
        p.line([(x, 282), (x, 304)], 3, ink=1)
    p.line([(840, 282), (960, 282)], 4, ink=1)
    p.rect(866, 206, 934, 302)
    for x in (866, 888, 910, 932):
        p.rect(x - 2, 206, x + 3, 302, ink=1)
    p.poly([(852, 208), (900, 150), (948, 208)], ink=1)
    p.oval(900, 144, 11, ink=1)
    # keeper's house
    p.rect(1010, 560, 1180, 640)
    p.poly([(994, 564), (1040, 510), (1150, 510), (1196, 564)], rust=1)
    p.rect(1110, 476, 1134, 530)
    for x in (1036, 1080, 1136):
        p.rect(x, 586, x + 22, 614, ink=1)
    return p


def fog_horn():
    """Six metres of horn, and one note."""
    p = Print(45)
    p.rect(0, 0, W, H, blue=.2)
    p.bands(0, 640, "blue", .5, .12, 6)
    p.rect(0, 600, W, H, blue=.5)
    for y, t in ((330, .08), (430, 0), (520, .1), (610, 0)):
        p.poly(curve([(-40, y), (160, y - 28), (380, y + 8), (620, y - 22), (820, y + 14)]) + curve([(820, y + 26), (600, y + 50), (300, y + 36), (-40, y + 60)]), blue=t)
    p.bands(650, H, "blue", .4, .9, 4)
    p.waves(660, 960, .5)
    # headland and engine house
    p.poly(curve([(560, 760), (700, 690), (900, 664), (1200, 660), (1460, 650)]) + [(W, H), (470, H)], ink=1)
    p.rect(790, 440, 1370, 672)
    p.rect(790, 440, 1370, 672, rust=.14)
    for x in (850, 960, 1180, 1290):
        p.poly(arc(x, 540, 30, 180, 360, 16) + [(x + 30, 620), (x - 30, 620)], ink=1)
        p.line([(x, 512), (x, 620)], 4)
    p.poly(arc(1075, 530, 42, 180, 360, 16) + [(1117, 672), (1033, 672)], rust=1)
    p.rect(1070, 500, 1079, 672, ink=1)
    p.rect(766, 416, 1394, 446, ink=1)
    # the horn
    p.poly([(1130, 416), (1130, 350), (1220, 350), (1220, 416)], ink=1)
    horn = curve([(1180, 300), (960, 280), (700, 240), (520, 150), (400, 40)]) + curve([(330, 470), (480, 400), (680, 366), (960, 352), (1180, 344)])
    p.poly(horn, rust=1)
    p.poly(curve([(1180, 322), (940, 330), (690, 320), (500, 300), (370, 280)]) + curve([(330, 470), (480, 400), (680, 366), (960, 352), (1180, 344)]), rust=1, ink=.42)
    for x, y0, y1 in ((1110, 290, 350), (900, 268, 356), (690, 234, 366)):
        p.line([(x, y0 - 3), (x - 6, y1 + 2)], 11, ink=1)
    p.poly(curve([(400, 30), (318, 90), (270, 250), (282, 410), (330, 480), (392, 400), (430, 240), (428, 100)], True), ink=1)
    p.poly(curve([(388, 70), (334, 120), (300, 250), (308, 384), (338, 434), (378, 370), (404, 240), (404, 120)], True), ink=.55)
    p.poly(curve([(356, 180), (330, 250), (340, 330), (362, 280), (370, 220)], True), ink=1)
    for x in (930, 760):
        p.line([(x, 360), (x + 30, 430)], 16, ink=1)
        p.line([(x + 70, 360), (x + 30, 430)], 16, ink=1)
    p.oval(1250, 340, 66, ink=1)
    p.oval(1250, 340, 40, blue=.4)
    # the note
    for r in (90, 150, 210):
        p.line(arc(300, 250, r, 150, 212, 24), 10, ink=1)
    return p


def goal_flood():
    """The Saltings at three, the traditional time."""
    p = Print(46)
    p.rect(0, 0, W, 470, blue=.1)
    p.bands(0, 470, "blue", .4, .05, 6)
    p.cloud(80, 170, 460, 66)
    p.cloud(900, 230, 480, 56)
    # far bank: trees and a stand
    p.poly(curve([(0, 440), (90, 400), (170, 430), (260, 392), (360, 436), (470, 420), (560, 446)]) + [(560, 474), (0, 474)], ink=1)
    p.rect(900, 380, 1300, 474, ink=1)
    p.poly([(870, 384), (900, 340), (1330, 340), (1330, 384)], rust=1)
    for i in range(4):
        p.line([(920, 400 + i * 18), (1280, 400 + i * 18)], 4)
    p.rect(0, 466, W, 476, ink=1)
    p.rect(0, 476, W, H, blue=.42)
    p.bands(476, H, "blue", .3, .8, 6)
    # reflections
    for i in range(9):
        p.dash(880 + p.rng.uniform(-10, 10), 490 + i * 14, 440, 4, ink=1)
        p.dash(p.rng.uniform(-40, 20), 488 + i * 10, 560, 3, ink=1)
    # goal
    for x in (420, 1040):
        p.rect(x - 11, 250, x + 11, 650)
        p.rect(x + 5, 250, x + 11, 650, ink=1)
        for k in range(11):
            w = 24 + p.rng.uniform(0, 16)
            p.dash(x - w / 2 + p.rng.uniform(-5, 5), 668 + k * 22, w, 6)
    # net, hanging back
    for i in range(15):
        x = 431 + i * 43
        p.line([(x, 262), (x + (730 - x) * .12, 330), (x + (730 - x) * .14, 610)], 2.6, ink=1)
    for i in range(9):
        y = 300 + i * 36
        p.line([(431, y), (480, y + 12), (980, y + 12), (1029, y)], 2.6, ink=1)
    p.rect(409, 238, 1051, 262)
    p.rect(409, 256, 1051, 263, ink=1)
    for k in range(4):
        p.dash(430, 868 + k * 17, 600, 5)
    p.waves(640, 960, .35)
    # corner flag and ball
    p.line([(1250, 640), (1250, 470)], 8, ink=1)
    p.poly([(1254, 470), (1340, 496), (1254, 526)], rust=1)
    p.oval(700, 730, 56)
    p.oval(700, 730, 56, rust=1)
    p.line(arc(700, 730, 56, 200, 340), 6, ink=1)
    p.poly([(686, 700), (716, 696), (728, 722), (704, 740), (680, 724)], ink=1)
    p.rect(620, 752, 780, 800, blue=.62)
    p.dash(610, 754, 180, 8)
    p.dash(650, 776, 110, 5, rust=1)
    p.gull(720, 214, 90)
    return p


def bathing_steps():
    """Watch House Steps at half past seven."""
    p = Print(47)
    p.rect(0, 0, W, 420, rust=.06)
    p.bands(0, 420, "rust", .06, .45, 6)
    p.oval(300, 420, 130, rust=1)
    p.rect(0, 416, W, H, blue=.6)
    p.bands(416, H, "blue", .35, 1, 7)
    for i in range(10):
        w = 250 - i * 16
        p.dash(300 - w / 2 + p.rng.uniform(-16, 16), 432 + i * 22, w, 6, rust=1)
    p.waves(426, 960, .7)
    p.rect(0, 404, 190, 418, ink=1)
    p.poly([(120, 404), (126, 300), (154, 300), (160, 404)], ink=1)
    # quay wall and ladder
    p.poly([(930, 300), (W, 300), (W, H), (930, H)], ink=1)
    p.rect(916, 286, W, 310)
    p.rect(916, 306, W, 312, ink=1)
    for r in range(6):
        y = 370 + r * 98
        p.line([(1060, y), (W, y)], 2)
        for c in range(3):
            x = 1120 + c * 150 + (r % 2) * 70
            p.line([(x, y), (x, y + 98)], 2)
    for x in (960, 1040):
        p.line([(x, 800), (x, 250), (x + 20, 210), (x + 70, 206)], 14)
    for i in range(8):
        p.line([(960, 330 + i * 62), (1040, 330 + i * 62)], 12)
    p.poly([(900, 780), (W, 780), (W, H), (900, H)], blue=1, ink=.35)
    p.dash(880, 782, 380, 9)
    p.dash(1120, 806, 300, 6)
    # towel
    p.poly([(1180, 280), (1330, 280), (1340, 470), (1176, 460)], rust=1)
    for k in range(3):
        p.line([(1180, 330 + k * 50), (1334, 334 + k * 50)], 8)
    # two caps and a buoy
    for x, y, s in ((520, 640, 1), (720, 750, 1.25)):
        p.oval(x, y + 14 * s, 58 * s, 40 * s, ink=1)
        p.poly(arc(x, y, 54 * s, 180, 360) + [(x + 54 * s, y + 10 * s), (x - 54 * s, y + 10 * s)], **({"rust": 1} if s == 1 else {}))
        p.line([(x - 50 * s, y + 6 * s), (x + 50 * s, y + 6 * s)], 7, ink=1)
        p.rect(x - 100 * s, y + 28 * s, x + 100 * s, y + 60 * s, blue=.85)
        p.dash(x - 130 * s, y + 30 * s, 260 * s, 10 * s)
        p.dash(x - 90 * s, y + 54 * s, 180 * s, 6 * s)
    p.poly([(216, 760), (250, 620), (300, 620), (334, 760)], rust=1)
    p.poly([(232, 700), (240, 664), (310, 664), (318, 700)])
    p.oval(275, 770, 76, 26, ink=1)
    p.line([(275, 620), (275, 574)], 7, ink=1)
    p.oval(275, 568, 13, ink=1)
    p.dash(150, 790, 260, 10)
    p.gull(620, 200, 90)
    p.gull(740, 270, 56)
    return p

"""Things that fit on a table, and what lives on a quay."""
import math

from press import W, H, Print, arc, curve


def crab():
    """The edible crab. It has no opinion on the matter."""
    p = Print(61)
    p.rect(0, 0, W, H)
    p.bands(0, H, "blue", .06, .4, 6)
    for side in (-1, 1):
        def at(x, y):
            return (720 + side * x, y)
        # four walking legs
        for i, (a, b, c) in enumerate((((270, 470), (500, 380), (640, 520)), ((290, 540), (540, 520), (660, 690)),
                                       ((270, 610), (490, 660), (580, 820)), ((220, 670), (390, 770), (440, 900)))):
            p.line([at(*a), at(*b)], 54 - i * 4, rust=1)
            p.poly([at(b[0] - 20, b[1] - 12), at(b[0] + 24, b[1]), at(*c)], ink=1)
            p.line([at(a[0] + 40, a[1] - 8), at(b[0] - 40, b[1] - 6)], 5)
            p.oval(*at(*b), 24, ink=1)
        # arm and claw
        p.line([at(260, 420), at(430, 300)], 78, rust=1)
        p.oval(*at(438, 292), 46, ink=1)
        p.line([at(438, 292), at(400, 190)], 64, rust=1)
        claw = curve([at(400, 220), at(330, 190), at(250, 120), at(230, 40), at(330, 70), at(440, 60), at(500, 130), at(470, 210)], True)
        p.poly(claw, rust=1)
        p.poly(curve([at(232, 40), at(290, 52), at(350, 96), at(330, 150), at(262, 128), at(238, 84)], True), ink=1)
        p.poly(curve([at(200, 118), at(206, 40), at(262, 66), at(318, 120), at(300, 150), at(246, 150)], True), ink=1)
        p.line(curve([at(440, 100), at(468, 140), at(456, 190)]), 7)
    # carapace with its pie-crust edge
    rim = []
    for i in range(61):
        a = math.pi + math.pi * i / 60
        k = 1 + (.028 if i % 2 else 0)
        rim.append((720 + 392 * k * math.cos(a), 500 + 190 * k * math.sin(a)))
    low = curve([(1112, 500), (1070, 620), (930, 720), (720, 752), (510, 720), (370, 620), (328, 500)])
    p.poly(rim + low, ink=1)
    p.poly([(720 + (x - 720) * .95, 508 + (y - 508) * .93) for x, y in rim + low], rust=1)
    p.poly(curve([(420, 560), (560, 660), (720, 690), (880, 660), (1020, 560), (960, 660), (720, 728), (480, 660)], True), True, ink=.42)
    # the grooves of the shell, a letter H laid wide
    for side in (-1, 1):
        p.line(curve([(720 + side * 96, 372), (720 + side * 70, 470), (720 + side * 120, 560), (720 + side * 100, 650)]), 7, ink=1)
        p.line(curve([(720 + side * 74, 480), (720 + side * 200, 500), (720 + side * 310, 470)]), 6, ink=1)
    p.line(curve([(644, 500), (720, 520), (796, 500)]), 7, ink=1)
    for _ in range(60):
        a, k = p.rng.uniform(0, 6.28), p.rng.uniform(.2, .8)
        p.oval(720 + 350 * k * math.cos(a), 540 + 150 * k * math.sin(a), p.rng.uniform(2, 5), ink=1)
    for side in (-1, 1):
        p.line([(720 + side * 60, 326), (720 + side * 74, 288)], 12, ink=1)
        p.oval(720 + side * 76, 280, 15, ink=1)
        p.line(curve([(720 + side * 26, 322), (720 + side * 40, 270), (720 + side * 20, 220)]), 5, ink=1)
    return p


def chips():
    """Large, salted, with a view."""
    p = Print(62)
    p.rect(0, 0, W, 560, blue=.08)
    p.bands(0, 560, "blue", .4, .05, 6)
    p.cloud(60, 200, 380, 60)
    p.cloud(1010, 150, 380, 50)
    p.rect(0, 556, W, H, blue=.8)
    p.bands(556, 860, "blue", .5, 1, 5)
    p.waves(566, 860, .8)
    p.poly([(120, 556), (126, 420), (154, 420), (160, 556)], ink=1)
    p.poly([(118, 422), (140, 392), (162, 422)], rust=1)
    p.rect(0, 548, 190, 562, ink=1)
    p.rect(0, 850, W, H, ink=1)
    p.rect(0, 838, W, 856, rust=1)
    # chips behind, then cone
    for i in range(15):
        x = 500 + i * 31
        lean = (i - 7) * 13 + p.rng.uniform(-26, 26)
        top = 170 + abs(i - 7) * 20 + p.rng.uniform(-34, 50)
        w = p.rng.uniform(19, 25)
        body = [(x - w, 520), (x + w, 520), (x + w + lean, top), (x - w + lean, top + p.rng.uniform(-14, 14))]
        p.poly([(a + (4 if a > x else -4), b - 4) for a, b in body], ink=1)
        p.poly(body, rust=.26 if i % 3 else .1)
        p.poly([body[1], body[2], (body[2][0] - 13, body[2][1] + 4), (body[1][0] - 13, body[1][1])], rust=.85)
    for i in range(11):
        x = 516 + i * 40
        lean = (i - 5) * 12 + p.rng.uniform(-40, 40)
        top = 300 + p.rng.uniform(-30, 60)
        w = 23
        body = [(x - w, 560), (x + w, 560), (x + w + lean, top), (x - w + lean, top + 10)]
        p.poly([(a + (4 if a > x else -4), b - 4) for a, b in body], ink=1)
        p.poly(body, rust=.16 if i % 2 else .34)
        p.poly([body[1], body[2], (body[2][0] - 12, body[2][1] + 4), (body[1][0] - 12, body[1][1])], rust=.85)
    # fork
    p.poly([(884, 480), (916, 480), (990, 200), (958, 192)], ink=1)
    p.poly([(892, 480), (908, 480), (980, 206), (966, 202)], rust=.3)
    p.poly([(940, 230), (950, 120), (970, 60), (980, 60), (976, 130), (990, 132), (1006, 66), (1018, 70), (1014, 140), (996, 244)], ink=1)
    # cone of paper with stripes
    cone = [(440, 470), (1000, 470), (780, 900), (660, 900)]
    p.poly([(430, 462), (1010, 462), (786, 906), (654, 906)], ink=1)
    p.poly(cone)
    for i in range(7):
        a, b = 460 + i * 80, 663 + i * 17
        if i % 2 == 0:
            p.poly([(a, 470), (a + 44, 470), (b + 10, 900), (b, 900)], rust=1)
    p.poly([(800, 470), (1000, 470), (780, 900), (736, 900)], True, ink=.3)
    p.poly([(430, 462), (1010, 462), (980, 500), (470, 500)], ink=1)
    p.poly([(446, 468), (994, 468), (974, 490), (478, 490)])
    p.gull(300, 330, 120)
    p.gull(1180, 300, 90)
    p.gull(1260, 410, 60)
    return p


def rope():
    """Thirty-two millimetres, right-hand lay."""
    p = Print(63)
    p.rect(0, 0, W, 430, blue=.3)
    p.bands(0, 430, "blue", .7, .3, 5)
    for i in range(5):
        p.line([(i * 330 - 60, 0), (i * 330 - 60, 430)], 5, ink=1)
    p.rect(0, 430, W, H, rust=.24)
    for i in range(8):
        y = 430 + i * i * 8.4 + i * 8
        p.line([(0, y), (W, y)], 4, ink=1)
    p.oval(720, 828, 540, 96, ink=.6, rust=.24)

    def strand(path, width):
        """A laid rope along a path: an ink edge, a rust body, slanting cuts."""
        p.line(path, width + 12, ink=1)
        p.line(path, width, rust=1)
        travelled = 0
        for (x0, y0), (x1, y1) in zip(path, path[1:]):
            d = math.hypot(x1 - x0, y1 - y0) or 1
            travelled += d
            if travelled >= width * .52:
                travelled = 0
                tx, ty = (x1 - x0) / d, (y1 - y0) / d
                nx, ny = -ty, tx
                h = width * .5
                p.line([(x0 + nx * h - tx * h * .7, y0 + ny * h - ty * h * .7), (x0, y0), (x0 - nx * h + tx * h * .7, y0 - ny * h + ty * h * .7)], 7, ink=1)
                p.line([(x0 + tx * 12 + nx * h * .5, y0 + ty * 12 + ny * h * .5), (x0 + tx * 22 - nx * h * .3, y0 + ty * 22 - ny * h * .3)], 5)

    # coil: rings stacked, back halves first
    for k in range(6):
        y = 790 - k * 62
        rx, ry = 470 - k * 9, 120
        strand([(720 + rx * math.cos(math.radians(a)), y + ry * math.sin(math.radians(a))) for a in range(180, 361, 2)], 58)
    p.oval(720, 480, 370, 78, ink=1)
    for k in range(6):
        y = 790 - k * 62
        rx, ry = 470 - k * 9, 120
        strand([(720 + rx * math.cos(math.radians(a)), y + ry * math.sin(math.radians(a))) for a in range(0, 181, 2)], 58)
    y = 480
    strand([(720 + 425 * math.cos(math.radians(a)), y + 116 * math.sin(math.radians(a))) for a in range(180, 361, 2)], 58)
    strand(curve([(1145, 480), (1190, 560), (1250, 620), (1300, 760), (1380, 840), (1480, 850)], n=24), 58)
    return p


def coffee_pot():
    """A pot on the sill for the first man off any ship."""
    p = Print(64)
    p.rect(0, 0, W, H, ink=1)
    # the window
    p.rect(150, 40, 1290, 720)
    p.rect(170, 60, 1270, 700, blue=.1)
    p.bands(60, 470, "rust", .5, .06, 6, 170, 1270)
    p.rect(170, 470, 1270, 720, blue=.8)
    p.bands(470, 720, "blue", .5, 1, 4, 170, 1270)
    p.waves(480, 700, .8, .8, 330, 1130)
    # ship beyond
    p.poly([(220, 470), (200, 400), (620, 400), (656, 372), (640, 470)], ink=1)
    p.rect(206, 412, 640, 424, rust=1)
    p.rect(250, 320, 360, 400)
    p.rect(240, 312, 370, 324, ink=1)
    for x in (266, 300, 334):
        p.rect(x, 342, x + 16, 362, ink=1)
    p.poly([(384, 400), (390, 290), (434, 290), (440, 400)], rust=1)
    p.rect(386, 286, 438, 310, ink=1)
    p.line([(540, 400), (540, 240)], 8, ink=1)
    p.line([(540, 250), (640, 380)], 3, ink=1)
    p.dash(190, 474, 470, 7)
    # bars of the sash
    p.rect(706, 40, 732, 720, ink=1)
    p.rect(150, 250, 1290, 268, ink=1)
    p.rect(150, 40, 172, 720, ink=1)
    p.rect(1268, 40, 1290, 720, ink=1)
    # sill
    p.rect(60, 716, 1380, 800)
    p.rect(60, 716, 1380, 800, rust=.12)
    p.rect(60, 790, 1380, 806, ink=1)
    # the dallah
    p.oval(930, 726, 210, 22, ink=.6)
    p.poly(curve([(800, 724), (770, 650), (800, 560), (870, 480), (890, 420), (1000, 420), (1020, 480), (1080, 560), (1110, 650), (1080, 724)]), ink=1)
    p.poly(curve([(812, 716), (784, 650), (812, 566), (880, 486), (900, 428), (990, 428), (1008, 486), (1068, 566), (1096, 650), (1068, 716)]), rust=1)
    p.poly(curve([(1000, 716), (1030, 650), (1010, 560), (966, 486), (960, 428), (990, 428), (1008, 486), (1068, 566), (1096, 650), (1068, 716)]), True, ink=.5)
    p.poly(curve([(824, 640), (840, 570), (900, 500), (880, 570), (862, 640)], True))
    p.poly(curve([(880, 500), (800, 470), (730, 400), (690, 330), (660, 340), (690, 430), (760, 520), (840, 560)], True), ink=1)
    p.poly(curve([(876, 506), (800, 480), (728, 410), (690, 346), (676, 350), (706, 430), (770, 510), (840, 546)], True), rust=1)
    p.rect(866, 404, 1024, 430, ink=1)
    p.poly(curve([(880, 406), (900, 340), (930, 300), (945, 250), (960, 300), (990, 340), (1010, 406)]), ink=1)
    p.poly(curve([(900, 398), (914, 346), (938, 310), (945, 280), (952, 310), (976, 346), (990, 398)]), rust=1)
    p.oval(945, 244, 17, ink=1)
    p.line(curve([(1012, 440), (1130, 430), (1190, 500), (1170, 600), (1090, 660)]), 30, ink=1)
    p.line(curve([(1012, 440), (1130, 430), (1190, 500), (1170, 600), (1090, 660)]), 16, rust=1)
    # the cup
    p.poly([(520, 640), (660, 640), (632, 722), (548, 722)], ink=1)
    p.poly([(532, 648), (648, 648), (624, 714), (556, 714)])
    p.poly([(538, 664), (642, 664), (636, 684), (544, 684)], blue=1)
    p.oval(590, 642, 70, 15, ink=1)
    for x, dy in ((566, 0), (606, 24)):
        p.line(curve([(x, 610 - dy), (x + 18, 570 - dy), (x - 10, 530 - dy), (x + 12, 486 - dy)]), 8)
    for r in range(2):
        p.line([(0, 880 + r * 60), (W, 880 + r * 60)], 2)
    return p


def ship_bottle():
    """Number 61, in a bottle that once held lime cordial."""
    p = Print(65)
    p.rect(0, 0, W, H, blue=.55)
    p.bands(0, 690, "blue", .8, .3, 6)
    p.rect(0, 690, W, H, ink=1)
    p.rect(0, 680, W, 696, rust=1)
    # bottle
    glass = curve([(150, 470), (160, 300), (230, 220), (400, 206), (820, 206), (930, 236), (1010, 330), (1080, 366), (1250, 372)]) \
        + curve([(1250, 540), (1080, 546), (1010, 580), (930, 676), (820, 704), (400, 704), (230, 690), (160, 620), (150, 470)])
    p.poly([(720 + (x - 720) * 1.013, 455 + (y - 455) * 1.03) for x, y in glass], ink=1)
    p.poly(glass, blue=.1)
    sea = curve([(166, 580), (260, 566), (360, 588), (480, 564), (600, 588), (720, 566), (840, 590), (960, 570), (1004, 586), (940, 664), (820, 694),
                 (400, 694), (236, 680), (172, 620)])
    p.poly(sea, blue=1)
    for i in range(9):
        p.dash(220 + i * 80 + (i % 2) * 20, 606 + (i % 3) * 26, 70, 5)
    # cork and neck
    p.rect(1236, 356, 1290, 556, ink=1)
    p.poly([(1286, 384), (1390, 394), (1390, 518), (1286, 528)], ink=1)
    p.poly([(1292, 392), (1382, 400), (1382, 512), (1292, 520)], rust=1)
    for _ in range(14):
        p.oval(p.rng.uniform(1300, 1374), p.rng.uniform(404, 508), 4, ink=1)
    # barque
    p.poly(curve([(300, 500), (380, 536), (600, 548), (780, 534), (890, 486)]) + [(850, 560), (810, 596), (400, 596), (330, 560)], ink=1)
    p.poly(curve([(318, 528), (420, 558), (600, 566), (780, 556), (868, 520)]) + curve([(862, 534), (780, 570), (600, 580), (420, 572), (326, 544)]))
    p.line([(880, 494), (980, 446)], 8, ink=1)
    for x, h in ((420, 244), (580, 228), (740, 250)):
        p.line([(x, 540), (x, h)], 9, ink=1)
        for k, (y, w) in enumerate(((270, 46), (334, 58), (410, 70))):
            if y < h + 20:
                continue
            bulge = 20
            sail = [(x - w, y)] + curve([(x - w, y), (x - w + bulge, y + 30), (x - w, y + 60)]) + curve([(x + w, y + 60), (x + w + bulge, y + 30), (x + w, y)])
            p.poly([(a, b) for a, b in sail], ink=1)
            p.poly([(x + (a - x) * .93, y + 30 + (b - y - 30) * .88) for a, b in sail], **({"rust": .5} if k == 2 else {}))
    for a, b in (((740, 256), (974, 450)), ((740, 330), (950, 462)), ((420, 250), (306, 500))):
        p.line([a, b], 3, ink=1)
    p.poly([(760, 300), (940, 450), (780, 430)], ink=1)
    p.poly([(772, 318), (916, 440), (788, 424)])
    # light on the glass
    p.line(curve([(226, 300), (290, 246), (420, 234), (640, 232)]), 12)
    p.line(curve([(700, 232), (780, 234)]), 12)
    p.line(curve([(1090, 392), (1220, 396)]), 9)
    # stand
    for x in (330, 790):
        p.poly([(x - 70, 800), (x - 50, 690), (x - 30, 716), (x + 30, 716), (x + 50, 690), (x + 70, 800)], rust=1)
        p.line([(x - 58, 740), (x + 58, 740)], 5, ink=1)
    p.rect(200, 790, 920, 830, rust=1)
    p.rect(200, 786, 920, 794, ink=1)
    return p


def three_plates():
    """One picture, three plates, and the roller."""
    p = Print(66)
    p.rect(0, 0, W, H)
    p.bands(0, H, "ink", .08, .3, 5)
    for i in range(6):
        p.line([(0, 80 + i * 170), (W, 60 + i * 170)], 3, ink=1)

    def tilted(cx, cy, w, h, a):
        c, s = math.cos(a), math.sin(a)
        return [(cx + x * c - y * s, cy + x * s + y * c) for x, y in ((-w, -h), (w, -h), (w, h), (-w, h))]

    def place(cx, cy, a, pts):
        c, s = math.cos(a), math.sin(a)
        return [(cx + x * c - y * s, cy + x * s + y * c) for x, y in pts]
    # rust plate: the sun
    a = -.2
    p.poly(tilted(424, 404, 300, 210, a), ink=1)
    p.poly(tilted(414, 390, 300, 210, a))
    p.poly(tilted(414, 390, 284, 194, a), rust=.3)
    p.poly(place(414, 390, a, arc(60, -40, 110, 0, 360)), rust=1)
    # blue plate: the sea
    a = .12
    p.poly(tilted(770, 560, 300, 210, a), ink=1)
    p.poly(tilted(758, 544, 300, 210, a))
    p.poly(tilted(758, 544, 284, 194, a), blue=.18)
    p.poly(place(758, 544, a, [(-284, 30), (284, 30), (284, 194), (-284, 194)]), blue=1)
    for k in range(4):
        p.line(place(758, 544, a, [(-230 + k * 40, 62 + k * 32), (-40 + k * 60, 62 + k * 32)]), 8)
    # ink plate: the boat
    a = -.06
    p.poly(tilted(1062, 330, 290, 205, a), ink=1)
    p.poly(tilted(1048, 314, 290, 205, a))
    p.poly(place(1048, 314, a, [(-180, 40), (180, 40), (140, 100), (-140, 100)]), ink=1)
    p.poly(place(1048, 314, a, [(-8, 30), (-8, -160), (-150, 30)]), ink=1)
    p.poly(place(1048, 314, a, [(16, 30), (16, -130), (120, 30)]), ink=.5)
    p.line(place(1048, 314, a, [(-284, 120), (284, 120)]), 6, ink=1)
    # roller, in its fork
    def fork(pts):
        return place(330, 790, -.14, pts)
    p.line(fork([(-236, 0), (-236, -120), (-60, -168), (60, -168), (236, -120), (236, 0)]), 20, ink=1)
    p.line(fork([(0, -168), (0, -210)]), 22, ink=1)
    p.line(fork([(0, -220), (0, -380)]), 54, ink=1)
    p.line(fork([(0, -226), (0, -374)]), 34, rust=1)
    p.poly(fork([(-210, -66), (210, -66), (210, 66), (-210, 66)]), ink=1)
    p.poly(fork([(-200, -44), (200, -44), (200, -14), (-200, -14)]), blue=1)
    p.line(fork([(-180, -34), (90, -34)]), 7)
    # tins
    for x, tone in ((1060, {"ink": 1}), (1210, {"blue": 1}), (1350, {"rust": 1})):
        p.rect(x - 62, 740, x + 62, 880, ink=1)
        p.rect(x - 54, 756, x + 54, 870)
        p.rect(x - 54, 790, x + 54, 840, **tone)
        p.oval(x, 740, 62, 22, ink=1)
        p.oval(x, 738, 52, 16, **tone)
    return p


def woodblock():
    """November, half cut: the wave comes last."""
    p = Print(67)
    p.rect(0, 0, W, H, blue=.4)
    p.bands(0, H, "blue", .62, .25, 5)
    p.poly([(150, 214), (1010, 160), (1060, 800), (170, 840)], ink=1)
    block = [(130, 190), (1000, 136), (1048, 776), (150, 816)]
    p.poly(block, rust=.4)

    def grain():
        for i in range(26):
            y = 150 + i * 28
            p.line(curve([(120, y + 30), (400, y + 8 + 14 * math.sin(i)), (700, y + 6 * math.cos(i)), (1060, y - 24)]), 2.6, rust=1)
        # cut picture: sky cleared to paper, sea left, waves begun
        p.poly([(170, 236), (972, 186), (990, 452), (176, 490)])
        p.poly(curve([(176, 492), (300, 470), (420, 500), (560, 462), (700, 494), (850, 452), (992, 476)]) + [(1012, 736), (190, 774)], ink=1)
        p.poly([(300, 486), (312, 300), (352, 298), (366, 482)], ink=1)
        p.rect(298, 286, 368, 302, ink=1)
        p.poly([(304, 288), (332, 254), (362, 286)], ink=1)
        p.poly([(172, 470), (420, 452), (420, 486), (174, 504)], ink=1)
        for r in range(4):
            y = 540 + r * 48
            for k in range(4 - (r > 1) - (r > 2)):
                x = 230 + k * 190 + (r % 2) * 70
                p.line(curve([(x, y + 10), (x + 40, y - 16), (x + 84, y - 6), (x + 110, y + 14), (x + 140, y + 4)]), 8)
    p.clipped(block, grain)
    p.line(block + block[:1], 5, ink=1)
    # gouges
    for i, (x, y) in enumerate(((1120, 170), (1220, 150), (1320, 180))):
        p.line([(x, y), (x + 20, y + 330)], 46, ink=1)
        p.line([(x + 1, y + 6), (x + 19, y + 320)], 30, rust=1)
        p.rect(x + 6, y + 326, x + 38, y + 362, ink=1)
        p.poly([(x + 12, y + 360), (x + 34, y + 360), (x + 36, y + 500), (x + 26, y + 530), (x + 15, y + 500)])
        p.line([(x + 24, y + 362), (x + 25, y + 516)], 4, ink=1)
    # baren
    p.oval(1210, 820, 136, 112, ink=1)
    p.oval(1200, 806, 132, 106)
    p.oval(1200, 806, 124, 98, rust=.2)
    for k in range(1, 5):
        p.line(arc(1200, 806, 24 * k, 0, 360, 60, 19 * k), 3, rust=1)
    p.line([(1080, 812), (1320, 798)], 34, ink=1)
    p.line([(1086, 808), (1314, 795)], 18, rust=.5)
    # shavings
    for _ in range(12):
        x, y = p.rng.uniform(160, 1040), p.rng.uniform(850, 930)
        p.line(arc(x, y, p.rng.uniform(12, 24), p.rng.uniform(0, 90), p.rng.uniform(220, 330), 20), 6)
    return p


def cat():
    """Bosun, on the strength since 2015, from behind."""
    p = Print(68)
    p.rect(0, 0, W, 560, rust=.06)
    p.bands(0, 560, "rust", .5, .06, 7)
    p.rect(0, 556, W, H, blue=.7)
    p.bands(556, 820, "blue", .45, 1, 5)
    p.waves(566, 820, .8)
    # a boat worth considering
    p.poly(curve([(120, 512), (200, 540), (360, 548), (480, 500)]) + [(450, 590), (170, 590)], ink=1)
    p.line(curve([(130, 532), (210, 556), (360, 562), (468, 524)]), 5)
    p.rect(220, 446, 300, 540)
    p.rect(212, 438, 308, 450, ink=1)
    p.rect(238, 464, 262, 490, ink=1)
    p.line([(370, 544), (370, 350)], 7, ink=1)
    p.line([(370, 356), (480, 498)], 3, ink=1)
    p.dash(120, 594, 400, 8)
    # quay and bollard
    p.rect(0, 810, W, H, ink=1)
    p.rect(0, 800, W, 816)
    for x in (220, 620, 1120):
        p.line([(x, 816), (x - 20, H)], 2)
    p.poly([(840, 820), (852, 690), (1128, 690), (1140, 820)], rust=1)
    p.oval(990, 690, 190, 48, ink=1)
    p.oval(990, 676, 190, 48, rust=1)
    rope = curve([(840, 780), (740, 800), (600, 760), (420, 690), (300, 610)])
    p.line(rope, 28, ink=1)
    p.line(rope, 16)
    for k in range(3):
        p.line(arc(990, 730 + k * 26, 154, 10, 170, 40, 34), 20, ink=1)
        p.line(arc(990, 730 + k * 26, 154, 10, 170, 40, 34), 10)
    # the cat
    tail = curve([(1110, 640), (1220, 660), (1270, 740), (1240, 820), (1290, 880)])
    p.line(tail, 40, ink=1)
    body = curve([(880, 680), (850, 560), (890, 430), (950, 370), (1030, 370), (1090, 430), (1136, 560), (1110, 680)])
    p.poly(body, ink=1)
    p.oval(990, 320, 96, 84, ink=1)
    for s in (-1, 1):
        p.poly([(990 + s * 92, 312), (990 + s * 84, 196), (990 + s * 22, 246)], ink=1)
        p.poly([(990 + s * 78, 280), (990 + s * 74, 224), (990 + s * 46, 250)], rust=1)
        for k in range(3):
            p.line([(990 + s * 80, 336 + k * 12), (990 + s * 168, 322 + k * 24)], 3, ink=1)
    for k in range(4):
        p.line(curve([(900 - k * 4, 480 + k * 46), (930, 470 + k * 46), (950, 480 + k * 46)]), 9, blue=.5)
        p.line(curve([(1080 + k * 6, 480 + k * 46), (1050, 470 + k * 46), (1030, 480 + k * 46)]), 9, blue=.5)
    p.line([(990, 400), (990, 640)], 4, blue=.5)
    for k in range(3):
        p.line([(966 + k * 24, 258), (970 + k * 20, 292)], 6, blue=.5)
    p.gull(560, 260, 100)
    p.gull(680, 340, 64)
    return p


def bowls():
    """The head on rink four, last end."""
    p = Print(69)
    p.rect(0, 0, W, 360, rust=.05)
    p.bands(0, 360, "rust", .36, .05, 5)
    # pavilion and hedge
    p.rect(880, 210, 1330, 360)
    p.poly([(840, 216), (940, 120), (1270, 120), (1370, 216)], rust=1)
    for x in range(910, 1330, 84):
        p.rect(x, 250, x + 46, 320, ink=1)
        p.line([(x - 18, 216), (x - 18, 360)], 8, ink=1)
    p.line([(1104, 120), (1104, 50)], 6, ink=1)
    p.poly([(1107, 52), (1170, 68), (1107, 86)], blue=1)
    p.poly(curve([(-20, 320), (100, 296), (220, 316), (360, 290), (500, 312), (640, 296), (760, 316), (880, 300)]) + [(880, 366), (-20, 366)], ink=1)
    # green in perspective stripes
    p.rect(0, 360, W, H, blue=.5)
    for i in range(-9, 11):
        if i % 2 == 0:
            p.poly([(720 + i * 70, 372), (720 + (i + 1) * 70, 372), (720 + (i + 1) * 330, H), (720 + i * 330, H)], blue=.8)
    p.rect(0, 356, W, 374, ink=1)
    p.rect(0, 374, W, 382)

    def bowl(x, y, r, tones, ring):
        p.oval(x + r * .3, y + r * .82, r * 1.1, r * .3, ink=1)
        p.oval(x, y, r + 6)
        p.oval(x, y, r, **tones)
        p.oval(x - r * .3, y - r * .08, r * .5, r * .62, **ring)
        p.oval(x - r * .3, y - r * .08, r * .38, r * .48, **tones)
        p.oval(x - r * .3, y - r * .08, r * .16, r * .2, **ring)
        p.line(arc(x, y, r * .8, 250, 320, 20), 6)
    dark, red = {"ink": 1}, {"rust": 1}
    bowl(460, 500, 62, dark, red)
    bowl(1010, 520, 66, red, dark)
    bowl(870, 590, 84, dark, red)
    bowl(300, 690, 108, red, dark)
    bowl(1160, 740, 124, dark, red)
    p.oval(660, 706, 66, 16, ink=1)
    p.oval(640, 660, 56, ink=1)
    p.oval(640, 660, 50)
    p.oval(652, 672, 38, blue=.14)
    p.oval(634, 652, 36)
    # the way round the chair
    pts = curve([(1420, 470), (1240, 430), (980, 420), (780, 470), (700, 560), (670, 612)], n=14)
    for i in range(0, len(pts) - 6, 9):
        p.line(pts[i:i + 5], 6)
    return p

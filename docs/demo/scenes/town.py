"""Streets, hills, houses and what people keep in them."""
import math

from press import W, H, Print, arc, curve


def bench():
    """The bench on Lantern Hill, and the reason for it."""
    p = Print(31)
    p.rect(0, 0, W, 540, rust=.04)
    p.bands(0, 540, "rust", .46, .06, 7)
    p.oval(990, 400, 150, rust=1)
    p.cloud(140, 230, 440, 50, rust=.14)
    p.cloud(860, 470, 420, 40, rust=.14)
    p.rect(0, 536, W, H, blue=.7)
    p.bands(536, H, "blue", .4, 1, 6)
    for i in range(9):
        w = 300 - i * 22
        p.dash(990 - w / 2 + p.rng.uniform(-16, 16), 552 + i * 22, w, 5, rust=1)
    p.waves(546, 800, .6)
    # the two lamps
    for x, h in ((330, 96), (560, 74)):
        p.poly([(x - 13, 540), (x - 9, 540 - h), (x + 9, 540 - h), (x + 13, 540)], ink=1)
        p.rect(x - 15, 534 - h, x + 15, 541 - h, ink=1)
        p.poly([(x - 10, 534 - h), (x, 518 - h), (x + 10, 534 - h)], ink=1)
    p.rect(0, 532, 344, 546, ink=1)
    p.rect(546, 534, 700, 546, ink=1)
    # hill
    p.poly(curve([(-20, 850), (240, 780), (560, 742), (860, 744), (1160, 780), (1460, 850)]) + [(W, H), (0, H)], ink=1)
    for i in range(90):
        x = p.rng.uniform(0, W)
        y = 742 + ((x - 720) / 720) ** 2 * 100
        p.line([(x, y + 14), (x + p.rng.uniform(-8, 8), y - p.rng.uniform(4, 22))], 2.4, ink=1)
    # bench from behind
    for x in (470, 920):
        p.line([(x, 770), (x, 540)], 20, ink=1)
        p.line([(x - 4, 690), (x + 40 if x < 700 else x - 40, 690)], 12, ink=1)
    for y in (560, 604, 648):
        p.rect(440, y, 950, y + 26, ink=1)
    p.rect(430, 690, 960, 718, ink=1)
    for x in (520, 870):
        p.line([(x, 706), (x, 770)], 16, ink=1)
    p.gull(700, 545, 60)
    p.oval(700, 540, 22, 14, ink=1)
    p.oval(722, 524, 10, ink=1)
    p.poly([(728, 522), (746, 527), (729, 530)], rust=1)
    p.gull(240, 330, 84)
    p.gull(380, 390, 56)
    return p


def theatre():
    """The Empress, lit again."""
    p = Print(32)
    p.rect(0, 0, W, H, ink=.5, blue=.9)
    p.bands(0, 800, "ink", .8, .25, 6)
    for _ in range(46):
        p.oval(p.rng.uniform(0, W), p.rng.uniform(0, 420), p.rng.uniform(2, 4.5))
    # neighbours
    p.rect(0, 420, 240, 830, ink=1)
    p.rect(1200, 380, W, 830, ink=1)
    for x, y in ((40, 480), (130, 480), (40, 600), (1260, 450), (1350, 560), (1260, 670)):
        p.rect(x, y, x + 44, y + 66, rust=.7)
    # front
    p.rect(230, 350, 1210, 830)
    p.rect(230, 350, 1210, 830, rust=.12)
    p.poly([(190, 352), (720, 120), (1250, 352)], rust=1)
    p.poly([(290, 336), (720, 150), (1150, 336)], rust=.35)
    p.oval(720, 270, 48, ink=1)
    for i in range(12):
        a = math.pi * (1 + i / 11)
        p.line([(720 + 58 * math.cos(a), 270 + 58 * math.sin(a)), (720 + 84 * math.cos(a), 270 + 84 * math.sin(a))], 7, ink=1)
    p.rect(180, 346, 1260, 374, ink=1)
    p.rect(220, 380, 1220, 396, rust=1)
    for x in (290, 560, 880, 1150):
        p.rect(x - 42, 400, x + 42, 780)
        for k in (-24, -8, 8, 24):
            p.line([(x + k, 424), (x + k, 760)], 3, ink=1)
        p.rect(x - 54, 396, x + 54, 420, ink=1)
        p.rect(x - 54, 762, x + 54, 790, ink=1)
    for x in (425, 720, 1015):
        w = 62 if x != 720 else 86
        p.poly(arc(x, 520, w, 180, 360) + [(x + w, 790), (x - w, 790)], ink=1)
        p.poly(arc(x, 520, w - 16, 180, 360) + [(x + w - 16, 600), (x - w + 16, 600)], rust=.8)
        p.rect(x - 3, 450, x + 3, 610, ink=1)
    # canopy of lamps
    p.poly([(420, 610), (1020, 610), (1080, 690), (360, 690)], ink=1)
    for i in range(16):
        p.oval(388 + i * 44.3, 690, 16)
    for i in range(13):
        p.oval(446 + i * 45.7, 634, 8, rust=.6)
    # steps and lit pavement
    for i, y in enumerate((790, 820, 850)):
        p.rect(220 - i * 50, y, 1220 + i * 50, y + 30)
        p.rect(220 - i * 50, y, 1220 + i * 50, y + 30, ink=.12 + .14 * i)
        p.rect(220 - i * 50, y, 1220 + i * 50, y + 4, ink=1)
    p.rect(0, 880, W, H, ink=1)
    for w, y in ((560, 900), (420, 922), (280, 944)):
        p.dash(720 - w / 2, y, w, 5, rust=1)
    return p


def unplugged():
    """A cable pulled from its socket, and others within reach."""
    p = Print(33)
    p.rect(0, 0, W, H, blue=.2)
    p.bands(0, 660, "blue", .62, .16, 6)
    p.rect(0, 500, W, H, blue=.9)
    p.bands(500, H, "ink", 0, .5, 5)
    # cabinets receding to a horizon
    for side in (-1, 1):
        for i in range(5, -1, -1):
            k = 1 - i * .148
            x0, x1 = 720 + side * 720 * k, 720 + side * 720 * (k - .13)
            y0a, y0b = 420 - 420 * k, 420 - 420 * (k - .13)
            y1a, y1b = 420 + 330 * k, 420 + 330 * (k - .13)
            p.poly([(x0, y0a), (x1, y0b), (x1, y1b), (x0, y1a)], ink=1)
            for r in range(7):
                t = (r + 1) / 8
                ya, yb = y0a + (y1a - y0a) * t, y0b + (y1b - y0b) * t
                p.line([(x0 + (x1 - x0) * .16, ya + (yb - ya) * .16), (x0 + (x1 - x0) * .84, ya + (yb - ya) * .84)],
                       5 * k, **({"rust": 1} if (r + i) % 3 == 0 else {}))
    # wall of two sockets, in front
    for x, tone in ((330, {}), (1110, {})):
        p.rect(x - 150, 560, x + 150, 860, ink=1)
        p.rect(x - 136, 574, x + 136, 846, **tone)
        p.oval(x, 710, 104, ink=1)
        p.oval(x, 710, 88, blue=.25)
        for dx in (-34, 34):
            p.oval(x + dx, 710, 17, ink=1)
    # the cable, hanging between them
    cable = curve([(900, -20), (930, 120), (760, 250), (640, 330), (700, 430), (720, 500)])
    p.line(cable, 34)
    p.line(cable, 26, rust=1)
    p.rect(684, 490, 756, 540, ink=1)
    p.poly([(650, 540), (790, 540), (806, 660), (634, 660)], rust=1)
    p.rect(640, 640, 800, 664, ink=1)
    for dx in (-34, 34):
        p.rect(720 + dx - 12, 664, 720 + dx + 12, 744)
        p.line([(720 + dx + 12, 664), (720 + dx + 12, 744)], 5, ink=1)
        p.line([(720 + dx - 12, 664), (720 + dx - 12, 744)], 3, ink=1)
        p.line([(720 + dx - 12, 744), (720 + dx + 12, 744)], 4, ink=1)
    return p


def fish_boxes():
    """Whiting on ice, from above."""
    p = Print(34)
    p.rect(0, 0, W, H, ink=1)

    def fish(x, y, length, flip, kind):
        h = length * .135
        d = -1 if flip else 1

        def at(px, py):
            return (x + d * px * length, y + py * h)
        body = curve([at(-.5, 0), at(-.36, -.5), at(-.1, -.72), at(.2, -.5), at(.36, -.12), at(.36, .12), at(.2, .5),
                      at(-.1, .72), at(-.36, .5)], True)
        p.poly([at(.33, 0), at(.5, -.62), at(.45, 0), at(.5, .62)], **kind)
        p.poly([at(-.14, -.62), at(.0, -1.0), at(.16, -.54)], **kind)
        p.poly(body, ink=.06, blue=.14)
        p.poly(curve([at(-.5, 0), at(-.36, -.5), at(-.1, -.72), at(.2, -.5), at(.36, -.12)])
               + curve([at(.36, 0), at(.1, -.12), at(-.2, -.1), at(-.5, 0)]), **kind)
        for i in range(7):
            p.line([at(-.14 + i * .07, .08), at(-.1 + i * .07, .3)], 3, ink=1)
        p.line([at(-.27, -.5), at(-.23, 0), at(-.27, .5)], 5, ink=1)
        p.oval(*at(-.37, -.12), length * .022)
        p.oval(*at(-.37, -.12), length * .013, ink=1)
        p.poly([at(-.16, .1), at(-.02, .42), at(-.14, .34)], **kind)

    for bx in range(2):
        for by in range(2):
            x0, y0 = 30 + bx * 700, 26 + by * 462
            p.rect(x0, y0, x0 + 680, y0 + 446, rust=1)
            for k in range(3):
                p.line([(x0 + 6, y0 + 8 + k * 8), (x0 + 674, y0 + 8 + k * 8)], 1.6, ink=1)
            p.rect(x0 + 28, y0 + 28, x0 + 652, y0 + 418, ink=1)
            p.rect(x0 + 36, y0 + 36, x0 + 644, y0 + 410, blue=.12)
            for _ in range(46):
                cx, cy, s = x0 + p.rng.uniform(56, 620), y0 + p.rng.uniform(52, 390), p.rng.uniform(10, 22)
                p.poly([(cx - s, cy), (cx, cy - s * .8), (cx + s, cy + 2), (cx + s * .2, cy + s)], blue=p.rng.choice((0, .3, .5)))
            kind = ({"blue": 1}, {"ink": 1}, {"ink": 1}, {"blue": 1})[bx + 2 * by]
            for i in range(4):
                fish(x0 + 340 + (14 if i % 2 else -14), y0 + 90 + i * 90, 530, i % 2, kind)
    return p


def ticket_window():
    """The window at the Watch House berth."""
    p = Print(35)
    p.rect(0, 0, W, H, ink=.5, blue=.9)
    p.bands(0, H, "ink", .75, .35, 5)
    # boards
    for i in range(13):
        x = i * 114 - 20
        p.line([(x, 0), (x, 800)], 4, ink=1)
    p.rect(0, 790, W, H, ink=1)
    p.rect(0, 782, W, 796, rust=1)
    # light falling on the ground
    p.poly([(470, 800), (970, 800), (1130, H), (310, H)], rust=.6)
    # window
    p.rect(420, 160, 1020, 640, rust=1)
    p.rect(446, 186, 994, 610, ink=1)
    p.poly(arc(720, 400, 250, 180, 360) + [(970, 600), (470, 600)])
    p.poly(arc(720, 400, 250, 180, 360) + [(970, 600), (470, 600)], rust=.16)
    for x in (560, 640, 720, 800, 880):
        p.line([(x, 170), (x, 470)], 7, ink=1)
    p.line([(470, 400), (970, 400)], 7, ink=1)
    p.rect(470, 466, 970, 482, ink=1)
    # ledgers inside and a stamp
    for k, (x, w) in enumerate(((490, 40), (534, 30), (568, 48), (620, 34))):
        p.rect(x, 506 - k % 2 * 14, x + w, 600, **({"rust": 1} if k % 2 else {"blue": 1}))
        p.rect(x, 530, x + w, 538)
    p.rect(870, 560, 930, 600, ink=1)
    p.rect(890, 520, 910, 562, ink=1)
    p.oval(900, 516, 18, ink=1)
    # sill, worn in one place
    p.poly([(390, 600), (1050, 600), (1050, 646), (800, 646), (760, 636), (690, 636), (650, 646), (390, 646)], rust=.3)
    p.line([(390, 600), (1050, 600)], 6, ink=1)
    p.rect(690, 584, 760, 602)
    p.rect(716, 584, 722, 602, ink=1)
    # lamp and clock
    p.line([(720, 0), (720, 60)], 8, ink=1)
    p.poly([(640, 120), (680, 56), (760, 56), (800, 120)], rust=1)
    p.oval(720, 124, 26, 14)
    p.oval(1220, 260, 104, ink=1)
    p.oval(1220, 260, 88)
    for k in range(12):
        a = math.pi * k / 6
        p.line([(1220 + 70 * math.cos(a), 260 + 70 * math.sin(a)), (1220 + 82 * math.cos(a), 260 + 82 * math.sin(a))], 6, ink=1)
    p.line([(1220, 260), (1220, 196)], 8, ink=1)
    p.line([(1220, 260), (1260, 284)], 9, rust=1)
    # bench-less wall: a board with a tide line, and the case
    p.rect(120, 220, 310, 500, rust=1)
    p.rect(134, 234, 296, 486)
    p.line(curve([(140, 380), (170, 300), (215, 420), (260, 300), (290, 380)]), 8, blue=1)
    for k in range(3):
        p.line([(150, 430 + k * 18), (280, 430 + k * 18)], 4, ink=1)
    p.rect(210, 690, 420, 850, ink=1)
    p.rect(220, 700, 410, 840, rust=1)
    for x in (252, 362):
        p.rect(x, 700, x + 18, 840, ink=1)
    p.line(arc(315, 694, 40, 180, 360, 20, 34), 11, ink=1)
    return p


def boat_ribs():
    """The skiff in her first winter, between the serving hatch and the piano."""
    p = Print(36)
    p.rect(0, 0, W, H, blue=.45)
    p.bands(0, 700, "blue", .75, .3, 5)
    # high windows
    for x in (160, 560, 960):
        p.rect(x, 40, x + 300, 270, ink=1)
        p.rect(x + 12, 52, x + 288, 258)
        for k in (1, 2):
            p.line([(x + 12 + k * 92, 52), (x + 12 + k * 92, 258)], 8, ink=1)
        p.line([(x + 12, 155), (x + 288, 155)], 8, ink=1)
    for x in (160, 560, 960):
        p.poly([(x + 20, 270), (x + 280, 270), (x + 170, 700), (x - 220, 700)], blue=.16)
    p.rect(0, 700, W, H, rust=.3)
    for i in range(6):
        y = 700 + i * 16 + i * i * 7
        p.line([(0, y), (W, y)], 3, ink=1)
    p.oval(720, 850, 560, 40, ink=.6, rust=.3)
    # trestles
    for x in (400, 1040):
        for d in (-1, 1):
            p.line([(x, 690), (x + d * 74, 868)], 18, ink=1)
        p.line([(x - 50, 800), (x + 50, 800)], 10, ink=1)
        p.rect(x - 100, 676, x + 100, 700, ink=1)
    # keel, stem and stern
    p.line(curve([(170, 330), (196, 470), (260, 600), (380, 664), (720, 684), (1060, 664), (1180, 600), (1240, 470), (1262, 310)]), 30, ink=1)
    p.line(curve([(178, 340), (204, 470), (266, 594), (384, 654), (720, 674), (1056, 654), (1174, 594), (1232, 470), (1254, 320)]), 10, rust=1)
    # ribs: near and far curves
    for i in range(11):
        t = i / 10
        x = 300 + 840 * t
        depth = 1 - (2 * t - 1) ** 2
        base = 632 + 46 * depth
        top = 420 + 36 * depth - (60 if i in (0, 10) else 0) * .4
        swell = 34 + 60 * depth
        far = curve([(x, base), (x + swell * .6, base - 60), (x + swell * .5, top - 34)])
        p.line(far, 12, ink=1)
        near = curve([(x, base), (x - swell, base - 46), (x - swell * 1.05, top + 20), (x - swell * .9, top)])
        p.line(near, 19, ink=1)
        p.line(near, 9, rust=.5)
    # gunwale ribband and two planks on
    for dy, w in ((0, 18),):
        p.line(curve([(174, 336), (320, 404), (520, 446), (720, 458), (920, 446), (1100, 404), (1256, 318)]), w + 6, ink=1)
        p.line(curve([(174, 336), (320, 404), (520, 446), (720, 458), (920, 446), (1100, 404), (1256, 318)]), w - 4, rust=1)
    plank = curve([(214, 500), (330, 580), (520, 622), (720, 634), (920, 622), (1100, 580), (1226, 490)]) \
        + curve([(1214, 536), (1090, 622), (920, 664), (720, 676), (520, 664), (340, 622), (228, 540)])
    p.poly(plank, ink=1)
    p.poly([(720 + (x - 720) * .985, 588 + (y - 588) * .86) for x, y in plank], rust=1)
    p.line(curve([(300, 588), (520, 640), (720, 652), (920, 640), (1140, 588)]), 4, ink=1)
    # tools
    p.rect(90, 800, 200, 880, ink=1)
    p.rect(100, 812, 190, 870, rust=1)
    p.line(arc(145, 804, 34, 180, 360, 16, 28), 8, ink=1)
    p.poly([(1260, 860), (1300, 800), (1400, 800), (1420, 860)], ink=1)
    p.rect(1316, 776, 1340, 806, rust=1)
    return p

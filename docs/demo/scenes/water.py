"""Ships, piers and weather."""
import math

from press import W, H, Print, arc, curve


def ferry():
    """The Kittiwake, broadside, with the island of Hesk behind her: it must read at 120 x 80."""
    p = Print(3)
    p.rect(0, 0, W, 560, blue=.1)
    p.bands(0, 560, "blue", .34, .06, 6)
    p.oval(1130, 250, 96, rust=1)
    p.cloud(120, 250, 420, 70)
    p.cloud(820, 330, 520, 60)
    # Hesk: one hump, one step
    isle = curve([(0, 560), (60, 500), (180, 452), (330, 440), (430, 470), (560, 520), (680, 548), (760, 560)])
    p.poly(isle + [(0, 560)], blue=.72)
    p.poly(curve([(0, 560), (120, 520), (260, 510), (380, 540), (470, 560)]), blue=1, ink=.25)
    # sea
    p.rect(0, 556, W, H, blue=.78)
    p.bands(556, H, "blue", .55, 1, 6)
    p.waves(575, 960, .8, 1)
    p.waves(640, 960, .5, 1.1, ink=1)
    # hull
    hull = [(214, 604), (196, 520), (330, 536), (1090, 536), (1300, 508), (1258, 604), (1216, 662), (262, 662)]
    p.poly(hull, ink=1)
    p.poly([(206, 566), (203, 548), (1272, 548), (1276, 566)], rust=1)
    p.dash(150, 664, 1160, 13)
    p.dash(90, 690, 600, 7)
    p.dash(880, 684, 480, 8)
    # superstructure: two paper decks with ink windows
    p.poly([(300, 536), (318, 446), (1010, 446), (1048, 536)], ink=.06)
    p.rect(300, 526, 1046, 536, ink=1)
    for i in range(12):
        p.rect(344 + i * 54, 470, 380 + i * 54, 502, ink=1)
    p.poly([(420, 446), (430, 372), (906, 372), (950, 446)])
    p.rect(420, 438, 950, 446, ink=1)
    for i in range(7):
        p.rect(462 + i * 54, 394, 498 + i * 54, 424, blue=1)
    # bridge, leaning forward
    p.poly([(700, 372), (712, 300), (880, 300), (914, 372)])
    p.poly([(722, 318), (884, 318), (900, 346), (718, 346)], ink=1)
    p.rect(690, 292, 892, 302, ink=1)
    # the two vents where a funnel would be, and the mast
    for x in (500, 570):
        p.poly([(x, 372), (x + 6, 290), (x + 50, 290), (x + 56, 372)], rust=1)
        p.rect(x + 4, 286, x + 52, 302, ink=1)
    p.line([(800, 296), (800, 170)], 9, ink=1)
    p.line([(752, 212), (848, 212)], 6, ink=1)
    p.line([(800, 176), (1226, 512)], 2, ink=1)
    p.line([(800, 176), (330, 440)], 2, ink=1)
    p.poly([(806, 172), (876, 186), (806, 208)], rust=1)
    for x, y, s in ((1010, 190, 92), (1190, 420, 60), (250, 360, 70), (960, 130, 46)):
        p.gull(x, y, s)
    return p


def storm():
    """A sea breaking over the lamp at the end of North Pier."""
    p = Print(8)
    p.rect(0, 0, W, H, ink=.55)
    p.bands(0, 620, "ink", .74, .3, 6)
    p.bands(0, 620, "blue", .7, .5, 4)
    for y, x, w in ((120, -100, 900), (230, 500, 1100), (340, -60, 700), (420, 800, 800)):
        p.dash(x, y, w, 26, ink=.86, blue=.6)
    # sea behind
    p.poly(curve([(-20, 640), (200, 590), (420, 640), (700, 600), (960, 650), (1240, 600), (1460, 630)])
           + [(W, H), (0, H)], blue=1, ink=.3)
    # the breaking wave: a fan of foam thrown up behind the tower, blue where it is still water
    def fan(scale, foam, **tones):
        p.poly([(560, 800)] + [(860 + scale * r * math.cos(math.radians(t)), 760 + scale * r * 1.06 * math.sin(math.radians(t)))
                               for t, r in foam] + [(1200, 800)], **tones)
    ray = [(-164 + i * 4.6, 430 + 130 * math.sin(i / 31 * math.pi) + (52 if i % 3 == 0 else -46 if i % 3 == 1 else 0)
            + p.rng.uniform(-34, 34)) for i in range(32)]
    smooth = curve(ray)
    fan(1, smooth)
    fan(.8, smooth, blue=.2)
    fan(.58, smooth, blue=.44)
    for t, r in smooth[::7]:
        x, y = 860 + r * 1.05 * math.cos(math.radians(t)), 760 + r * 1.1 * math.sin(math.radians(t))
        p.oval(x, y, p.rng.uniform(5, 17))
    for i in range(26):
        t = math.radians(-158 + i * 5.4)
        r0, r1 = p.rng.uniform(120, 260), p.rng.uniform(300, 440)
        p.line([(860 + r0 * math.cos(t), 760 + r0 * 1.06 * math.sin(t)), (860 + r1 * math.cos(t), 760 + r1 * 1.06 * math.sin(t))], 5)
    # pier, over the foot of the wave
    p.poly([(0, 662), (620, 640), (620, 840), (0, 860)], ink=1)
    p.line([(0, 660), (620, 637)], 6)
    for i in range(7):
        p.line([(0, 696 + i * 22), (560, 676 + i * 21)], 2)
    # tower, standing on the pier head
    p.poly([(640, 648), (668, 300), (772, 300), (800, 648)])
    p.poly([(648, 640), (676, 306), (764, 306), (792, 640)], ink=1)
    p.poly([(660, 500), (667, 410), (773, 410), (780, 500)], rust=1)
    p.rect(640, 296, 800, 316, ink=1)
    p.rect(682, 214, 758, 298)
    p.rect(694, 222, 746, 290, rust=.6)
    for x in (682, 716, 752):
        p.rect(x, 214, x + 6, 298, ink=1)
    p.poly([(668, 218), (720, 160), (772, 218)], ink=1)
    p.oval(720, 154, 10, ink=1)
    p.rect(610, 634, 830, 668, ink=1)
    p.rect(610, 630, 830, 637)
    p.poly([(560, 660), (830, 660), (850, 830), (540, 830)], ink=1)
    # spray cuts
    for _ in range(110):
        a = p.rng.uniform(-2.8, -.25)
        r = p.rng.uniform(560, 760)
        x, y = 860 + r * math.cos(a), 760 + r * math.sin(a)
        p.dash(x, y, p.rng.uniform(10, 34), p.rng.uniform(2, 5))
    # the near sea
    p.poly(curve([(-20, 830), (180, 770), (360, 820), (560, 760), (800, 820), (1060, 740), (1280, 800), (1460, 750)])
           + [(W, H), (0, H)], blue=1, ink=.62)
    for x, y, w in ((20, 800, 300), (440, 800, 320), (900, 790, 420), (120, 870, 420), (640, 880, 380),
                    (1080, 860, 340), (300, 920, 380), (860, 930, 420)):
        p.dash(x, y, w, 10)
        p.dash(x + 60, y + 18, w * .6, 5)
    return p


def trawler():
    """A side trawler coming home under gulls."""
    p = Print(5)
    p.rect(0, 0, W, 600)
    p.bands(0, 600, "rust", .42, .05, 6)
    p.cloud(-40, 200, 560, 60, rust=.15)
    p.cloud(760, 140, 520, 50, rust=.1)
    p.rect(0, 600, W, H, blue=.85)
    p.bands(600, H, "blue", .6, 1, 5)
    p.waves(615, 960, .8)
    p.waves(640, 960, .5, 1.1, ink=1)
    p.poly(curve([(260, 520), (330, 560), (620, 590), (860, 570), (1080, 490), (1180, 400)])
           + [(1130, 560), (1080, 690), (360, 690), (300, 620)], ink=1)
    p.poly(curve([(276, 560), (520, 610), (860, 600), (1120, 500)]) + [(1114, 520), (860, 622), (520, 632), (282, 582)],
           rust=1)
    # wheelhouse
    p.poly([(400, 570), (410, 400), (600, 400), (610, 590)])
    p.rect(392, 388, 618, 404, ink=1)
    for x in (432, 486, 540):
        p.rect(x, 424, x + 38, 466, ink=1)
    p.rect(470, 500, 520, 580, blue=1)
    p.poly([(640, 590), (648, 450), (704, 450), (712, 588)], rust=1)
    p.rect(644, 446, 708, 470, ink=1)
    # masts, gallows, wires
    p.line([(360, 560), (360, 220)], 10, ink=1)
    p.line([(900, 570), (900, 170)], 12, ink=1)
    p.line([(900, 540), (700, 290)], 8, ink=1)
    p.line([(900, 180), (1174, 404)], 3, ink=1)
    p.line([(900, 180), (700, 290)], 3, ink=1)
    p.line([(900, 180), (360, 226)], 3, ink=1)
    p.line([(360, 226), (270, 520)], 3, ink=1)
    p.line(arc(1000, 530, 54, 180, 360), 10, ink=1)
    p.line(arc(780, 590, 50, 180, 360), 10, ink=1)
    p.poly([(360, 230), (300, 250), (360, 276)], blue=1)
    p.dash(180, 694, 1060, 16)
    p.dash(420, 726, 600, 9)
    p.dash(1020, 640, 300, 18)
    for i in range(15):
        p.gull(150 + p.rng.uniform(0, 620), 130 + p.rng.uniform(0, 380), p.rng.uniform(36, 92))
    return p


def pierhead():
    """Two piers and a calm morning: the harbour mouth as a ship sees it."""
    p = Print(11)
    p.rect(0, 0, W, 520, blue=.08)
    p.bands(0, 520, "blue", .4, .04, 6)
    p.bands(330, 520, "rust", .04, .36, 4)
    p.oval(720, 505, 120, rust=1)
    p.rect(0, 520, W, H, blue=.7)
    p.bands(520, H, "blue", .4, 1, 6)
    for i in range(12):
        w = 250 - i * 12 + p.rng.uniform(-30, 30)
        p.dash(720 - w / 2 + p.rng.uniform(-20, 20), 540 + i * 20, w, 6, rust=1)
    p.waves(530, 960, .6)
    for side in (-1, 1):
        def x(v):
            return 720 + side * v
        p.poly([(x(210), 522), (x(740), 560), (x(740), 760), (x(210), 596)], ink=1)
        for i in range(7):
            p.line([(x(214), 533 + i * 9), (x(740), 590 + i * 24)], 2)
        h = 330 if side < 0 else 250
        p.poly([(x(246), 530), (x(256), 530 - h), (x(312), 530 - h), (x(322), 530)], ink=1 if side < 0 else 0,
               rust=0 if side < 0 else 1)
        p.rect(min(x(244), x(324)), 520 - h, max(x(244), x(324)), 532 - h, ink=1)
        p.rect(min(x(264), x(304)), 484 - h, max(x(264), x(304)), 522 - h, rust=.5 if side < 0 else 0)
        p.poly([(x(256), 486 - h), (x(284), 452 - h), (x(312), 486 - h)], ink=1)
    p.poly([(690, 560), (705, 540), (770, 540), (790, 560)], ink=1)
    p.poly([(700, 540), (738, 430), (738, 540)])
    p.poly([(744, 540), (744, 440), (780, 540)], ink=.3)
    for gx, gy, s in ((420, 180, 90), (560, 240, 60), (980, 140, 76)):
        p.gull(gx, gy, s)
    return p


def night_harbour():
    """The inner dock at night, with more moon than there was."""
    p = Print(12)
    p.rect(0, 0, W, H, blue=1, ink=.5)
    p.bands(0, 560, "ink", .82, .3, 7)
    for _ in range(50):
        p.oval(p.rng.uniform(0, W), p.rng.uniform(0, 380), p.rng.uniform(2, 4))
    p.oval(500, 200, 96)
    # town
    x = 0
    while x < W:
        w, h = p.rng.uniform(70, 130), p.rng.uniform(70, 190)
        p.poly([(x, 560), (x, 560 - h), (x + w / 2, 530 - h), (x + w, 560 - h), (x + w, 560)], ink=1)
        for k in range(2):
            if p.rng.random() < .4:
                wy = 560 - p.rng.uniform(26, h - 10)
                p.rect(x + 18 + k * 34, wy, x + 34 + k * 34, wy + 22, rust=1)
        x += w
    p.poly([(1060, 560), (1060, 300), (1090, 200), (1120, 300), (1120, 560)], ink=1)
    p.rect(0, 556, W, 584, ink=1)
    p.rect(0, 580, W, H, blue=1, ink=.3)
    p.bands(580, H, "ink", .2, .75, 5)
    for i in range(15):
        w = 210 - i * 4 + p.rng.uniform(-40, 40)
        p.dash(500 - w / 2 + p.rng.uniform(-24, 24), 600 + i * 24, w, 4 + i * .35)
    for x in (140, 760, 900, 1290):
        p.oval(x, 520, 12, rust=1)
        p.line([(x, 530), (x, 560)], 5, ink=1)
        for i in range(8):
            w = 44 + p.rng.uniform(0, 34)
            p.dash(x - w / 2 + p.rng.uniform(-8, 8), 598 + i * 18, w, 4, rust=1)
    # boats at the near quay
    for x, y, s, m in ((180, 800, 1.0, 330), (1010, 770, .85, 300), (1270, 830, 1.1, 380)):
        p.poly(curve([(x - 170 * s, y - 60 * s), (x - 60 * s, y - 24 * s), (x + 80 * s, y - 28 * s), (x + 190 * s, y - 84 * s)])
               + [(x + 150 * s, y + 40 * s), (x - 140 * s, y + 40 * s)], ink=1)
        p.line([(x - 160 * s, y - 48 * s), (x - 60 * s, y - 14 * s), (x + 80 * s, y - 18 * s), (x + 180 * s, y - 66 * s)], 5)
        p.rect(x - 90 * s, y - 110 * s, x - 10 * s, y - 26 * s, ink=1)
        p.rect(x - 76 * s, y - 96 * s, x - 50 * s, y - 70 * s, rust=1)
        p.line([(x + 30 * s, y - 30 * s), (x + 30 * s, y - m * s)], 8, ink=1)
        p.line([(x + 30 * s, y - m * s), (x + 186 * s, y - 80 * s)], 3, ink=1)
        p.line([(x + 30 * s, y - m * s), (x - 160 * s, y - 56 * s)], 3, ink=1)
        p.dash(x - 170 * s, y + 44 * s, 330 * s, 7)
    return p


def upturned():
    """Morag's Revenge at the Custom House Stairs, the wrong way up."""
    p = Print(13)
    p.rect(0, 0, W, 400, blue=.2)
    p.bands(0, 400, "blue", .75, .12, 6)
    p.bands(270, 400, "rust", .04, .4, 4)
    p.poly(curve([(0, 400), (110, 366), (260, 372), (420, 350), (560, 384), (660, 400)]) + [(0, 402)], ink=1)
    p.rect(0, 396, W, H, blue=.75)
    p.bands(396, H, "blue", .5, 1, 6)
    p.waves(406, 960, .75)
    p.waves(440, 960, .45, ink=1)
    # the stairs
    for i in range(9):
        x, y = 1400 - i * 62, 250 + i * 66
        p.rect(x - 62, y, W, y + 70, ink=1)
        p.rect(x - 62, y, W, y + 9)
        p.line([(x + 70, y + 12), (x + 70, y + 66)], 2)
        p.line([(x + 210, y + 12), (x + 210, y + 66)], 2)
    p.line([(1250, 90), (1250, 400)], 12, ink=1)
    p.poly([(1222, 90), (1232, 36), (1268, 36), (1278, 90)], rust=1)
    p.poly([(1214, 40), (1250, 8), (1286, 40)], ink=1)
    p.poly([(820, 800), (W, 800), (W, H), (780, H)], blue=1, ink=.3)
    p.dash(780, 800, 340, 10)
    p.dash(1060, 830, 320, 8)
    # the hull, keel up: planks run from stem to stern, and the water cuts it off flat
    def strake(k):
        """From the keel (1) down to the water (0)."""
        return curve([(100 + 30 * (1 - k), 668 - 30 * k), (190, 660 - 110 * k), (340, 658 - 196 * k), (520, 656 - 232 * k),
                      (700, 658 - 214 * k), (850, 660 - 144 * k), (950 - 30 * (1 - k), 668 - 50 * k)])
    p.poly(strake(1) + [(920, 690), (130, 690)], ink=1)
    p.poly(strake(.9) + list(reversed(strake(.52))), rust=1)
    p.poly(strake(.46) + list(reversed(strake(.34))))
    for k in (.78, .65):
        p.line(strake(k), 4, ink=1)
    p.line(strake(.18), 4)
    p.line(strake(1.0), 16, ink=1)
    p.line(strake(1.05)[22:46], 14, ink=1)
    p.dash(60, 686, 930, 20)
    p.dash(150, 716, 620, 8)
    # an oar and a fish box
    p.line([(240, 830), (520, 780)], 13, ink=1)
    p.poly([(520, 768), (640, 738), (660, 760), (528, 792)], rust=1)
    p.dash(220, 842, 420, 8)
    p.poly([(640, 880), (680, 836), (820, 846), (800, 896)], ink=1)
    p.poly([(656, 874), (686, 846), (806, 854), (790, 884)], rust=1)
    p.dash(610, 900, 240, 8)
    for gx, gy, s in ((300, 180, 96), (470, 250, 60), (820, 170, 74)):
        p.gull(gx, gy, s)
    p.oval(512, 402, 26, 16)
    p.oval(536, 386, 12)
    p.poly([(546, 384), (566, 390), (546, 393)], rust=1)
    p.poly([(490, 396), (460, 392), (496, 410)], ink=1)
    return p

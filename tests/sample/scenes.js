/** Photos for the sample collections, drawn here in the colours of the looks: no picture of anybody's is needed. */

const canvasSize = { width: 1200, height: 900 }

/** @typedef {CanvasRenderingContext2D} Brush */

/** @param {Brush} brush @param {readonly string[]} colours @param {number} top @param {number} bottom */
const wash = (brush, colours, top, bottom) => {
  const gradient = brush.createLinearGradient(0, top, 0, bottom)
  for (const [at, colour] of colours.entries()) gradient.addColorStop(at / (colours.length - 1), colour)
  brush.fillStyle = gradient
  brush.fillRect(0, top, canvasSize.width, bottom - top)
}
/** @param {Brush} brush @param {string} colour @param {string} outline an SVG path */
const shape = (brush, colour, outline) => {
  brush.fillStyle = colour
  // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a brush is no array
  brush.fill(new Path2D(outline))
}
/** @param {Brush} brush @param {string} colour @param {number} width @param {string} outline an SVG path */
const line = (brush, colour, width, outline) => {
  brush.strokeStyle = colour
  brush.lineWidth = width
  brush.lineCap = 'round'
  brush.lineJoin = 'round'
  brush.stroke(new Path2D(outline))
}
/** @param {Brush} brush @param {string} colour @param {number} x @param {number} y @param {number} rx @param {number} [ry] @param {number} [turn] */
const disc = (brush, colour, x, y, rx, ry = rx, turn = 0) => {
  brush.fillStyle = colour
  brush.beginPath()
  brush.ellipse(x, y, rx, ry, turn, 0, Math.PI * 2)
  brush.fill()
}
/** Light around a point. @param {Brush} brush @param {string} colour six hex digits @param {number} x @param {number} y @param {number} radius */
const glow = (brush, colour, x, y, radius) => {
  const light = brush.createRadialGradient(x, y, 0, x, y, radius)
  light.addColorStop(0, `${colour}b0`)
  light.addColorStop(1, `${colour}00`)
  brush.fillStyle = light
  brush.fillRect(x - radius, y - radius, radius * 2, radius * 2)
}

/** Where to draw what is drawn several times: `x y size, x y size …` @param {string} text */
const spots = (text) =>
  text.split(', ').map((spot) => {
    const [x = 0, y = 0, size = 1] = spot.split(' ').map(Number)
    return { x, y, size }
  })

/** @param {Brush} brush @param {string} far @param {string} near */
const hills = (brush, far, near) => {
  shape(brush, far, 'M0 470 Q200 380 420 440 T820 400 T1200 450 V560 H0Z')
  shape(brush, near, 'M0 500 Q260 430 520 490 T1200 480 V570 H0Z')
}
/** @param {Brush} brush @param {string} colour */
const ripples = (brush, colour) => {
  for (const { x, y, size: long } of spots('120 640 220, 700 610 300, 380 720 260, 860 760 240, 160 820 320'))
    line(brush, colour, 7, `M${x} ${y} h${long}`)
}
/** @param {Brush} brush @param {string} colour @param {readonly number[]} places */
const reeds = (brush, colour, places) => {
  for (const x of places) {
    line(brush, colour, 9, `M${x} 900 Q${x - 12} 740 ${x + 26} 600`)
    line(brush, colour, 24, `M${x + 22} 610 l10 -70`)
    line(brush, colour, 7, `M${x + 30} 900 Q${x + 70} 780 ${x + 120} 700`)
  }
}
/** @param {Brush} brush @param {readonly string[]} sky @param {readonly string[]} water @param {string} far @param {string} near */
const river = (brush, sky, water, far, near) => {
  wash(brush, sky, 0, 520)
  wash(brush, water, 520, 900)
  hills(brush, far, near)
  ripples(brush, '#ffffff40')
}
const morning = {
  sky: ['#f2b48a', '#fbe5cf', '#e6ead8'],
  water: ['#9fc1bd', '#5f8c8c'],
  far: '#a9bfae',
  near: '#6f9383',
}

/** @param {Brush} brush @param {number} x @param {number} y @param {number} scale */
const heronAt = (brush, x, y, scale) => {
  brush.save()
  brush.translate(x, y)
  brush.scale(scale, scale)
  line(brush, '#3c4a4f', 9, 'M-20 120 V330 M30 120 V330')
  shape(brush, '#7b8f9c', 'M-150 150 Q-60 -20 70 20 Q120 60 60 130 Q-20 190 -150 150Z')
  shape(brush, '#52656f', 'M-150 150 Q-70 60 60 70 Q10 150 -150 150Z')
  line(brush, '#dfe6e6', 34, 'M60 40 Q120 -30 70 -100 Q40 -150 90 -180')
  disc(brush, '#eef2ee', 104, -186, 38, 28)
  line(brush, '#2a363a', 10, 'M96 -204 Q50 -214 8 -190')
  shape(brush, '#e8a33d', 'M134 -200 L262 -176 L136 -170Z')
  disc(brush, '#1a241e', 116, -190, 6)
  brush.restore()
}

/** @type {Readonly<Record<string, (brush: Brush) => void>>} */
const scenes = {
  heron: (brush) => {
    river(brush, morning.sky, morning.water, morning.far, morning.near)
    heronAt(brush, 620, 420, 1.25)
    reeds(brush, '#3d5a45', [70, 170, 980, 1090])
  },
  ford: (brush) => {
    river(brush, ['#b9dff4', '#e6eef0'], ['#8fb7bd', '#4f7f88'], '#9db8a8', '#5f8a6f')
    heronAt(brush, 360, 430, 0.85)
    for (const { x, y } of spots('640 660, 760 700, 880 650, 990 720')) disc(brush, '#7c887f', x, y, 70, 30)
    reeds(brush, '#2f5a41', [1080])
  },
  kingfisher: (brush) => {
    river(brush, ['#d9e8f0', '#eef2e9'], ['#9cc3c9', '#6fa0a8'], '#b8ccba', '#86a98f')
    line(brush, '#6a4a35', 34, 'M-20 610 Q420 540 1220 640')
    shape(brush, '#1f7fae', 'M470 560 Q470 330 640 320 Q760 330 730 470 Q700 570 560 590Z')
    shape(brush, '#e0792d', 'M700 400 Q760 520 600 590 Q720 590 748 470Z')
    shape(brush, '#175f86', 'M480 540 Q380 640 350 700 Q460 660 560 580Z')
    shape(brush, '#1a241e', 'M716 372 L930 402 L722 420Z')
    disc(brush, '#f7f3e8', 700, 360, 22)
    disc(brush, '#1a241e', 704, 360, 12)
  },
  newt: (brush) => {
    wash(brush, ['#7d9a5b', '#4f7040'], 0, 900)
    for (const { x, y } of spots('160 200, 480 130, 930 210, 1080 560, 150 700, 760 780'))
      disc(brush, '#8fae66', x, y, 190, 110, 0.4)
    disc(brush, '#b7c68a', 600, 500, 430, 190, -0.12)
    line(brush, '#4a3a22', 76, 'M250 560 Q400 430 560 500 T860 470')
    line(
      brush,
      '#4a3a22',
      30,
      'M250 560 Q180 610 120 560 M420 470 l-40 -90 M470 530 l-20 110 M720 500 l30 -110 M740 510 l60 90',
    )
    disc(brush, '#4a3a22', 880, 462, 66, 50)
    for (let at = 0; at < 7; at += 1) disc(brush, '#e0792d', 330 + at * 80, 486 + (at % 2) * 14, 12)
    disc(brush, '#f5d27a', 908, 446, 9)
  },
  weir: (brush) => {
    river(brush, ['#b4d3e6', '#e4edf0'], ['#a7c4cf', '#6b95a6'], '#a9c0a5', '#7fa07f')
    shape(brush, '#7a4b33', 'M760 300 L930 190 L1100 300Z')
    shape(brush, '#b97b56', 'M790 300 H1070 V560 H790Z')
    shape(brush, '#5d3a28', 'M900 420 H970 V560 H900Z M820 350 h60 v60 h-60Z M990 350 h60 v60 h-60Z')
    shape(brush, '#8b968f', 'M0 560 H1200 V610 H0Z')
    for (let x = 20; x < 1200; x += 64) line(brush, '#ffffffa0', 12, `M${x} 612 V${690 + ((x * 7) % 50)}`)
  },
  frog: (brush) => {
    wash(brush, ['#a9c47c', '#5d8350'], 0, 900)
    for (const { x, y } of spots('180 250, 1000 190, 1060 720, 140 760')) disc(brush, '#86aa62', x, y, 210, 120, 0.3)
    disc(brush, '#4f8a3d', 600, 560, 330, 230)
    disc(brush, '#4f8a3d', 450, 350, 92)
    disc(brush, '#4f8a3d', 750, 350, 92)
    for (const x of [450, 750]) {
      disc(brush, '#f3ecc4', x, 340, 56)
      disc(brush, '#1a241e', x, 346, 28, 36)
    }
    line(brush, '#2c5a29', 14, 'M430 560 Q600 680 770 560')
    disc(brush, '#69a552', 600, 720, 210, 80)
  },
  mushroom: (brush) => {
    wash(brush, ['#8fa56f', '#47623f'], 0, 900)
    for (const { x, y } of spots('200 160, 980 260, 120 640, 1080 700')) disc(brush, '#a5b983', x, y, 170, 100, -0.3)
    for (const { x, y, size: scale } of spots('560 420 1.2, 880 600 0.7')) {
      brush.save()
      brush.translate(x, y)
      brush.scale(scale, scale)
      shape(brush, '#f4eee0', 'M-50 0 H50 L72 300 H-72Z')
      shape(brush, '#c0392b', 'M-230 30 Q-190 -200 0 -210 Q190 -200 230 30 Q0 80 -230 30Z')
      for (const { x: cx, y: cy, size: r } of spots('-110 -60 30, 20 -130 36, 120 -40 28, 0 -20 22'))
        disc(brush, '#fbf4e6', cx, cy, r)
      brush.restore()
    }
    shape(brush, '#35502f', 'M0 800 Q300 740 620 800 T1200 790 V900 H0Z')
  },
  dusk: (brush) => {
    river(brush, ['#40337d', '#a5567a', '#ff9d45', '#fbe5cf'], ['#c77a5a', '#4b3a6b'], '#6b4a78', '#3f2f55')
    glow(brush, '#fff1c2', 800, 440, 260)
    disc(brush, '#fff1c2', 800, 446, 60)
    hills(brush, '#6b4a7860', '#3f2f55')
    reeds(brush, '#241a38', [120, 250, 1010])
  },
  lanterns: (brush) => {
    wash(brush, ['#12201b', '#1c3028', '#2b4033'], 0, 900)
    for (const x of [60, 260, 900, 1110]) shape(brush, '#0d1813', `M${x - 90} 900 L${x} 380 L${x + 90} 900Z`)
    line(brush, '#0a120f', 6, 'M0 180 Q320 330 640 220 T1200 190')
    for (const { x, y, size: scale } of spots('170 330 1, 430 380 1.25, 690 330 1.1, 950 330 0.95')) {
      glow(brush, '#ff9d45', x, y, 240)
      disc(brush, '#f0702b', x, y, 74 * scale, 90 * scale)
      disc(brush, '#ffb347', x, y, 46 * scale, 84 * scale)
      disc(brush, '#fff1c2', x, y, 16 * scale, 70 * scale)
    }
  },
  tent: (brush) => {
    wash(brush, ['#bcdcec', '#eaf0e4'], 0, 560)
    wash(brush, ['#8fb071', '#5f8450'], 560, 900)
    hills(brush, '#a9c2a2', '#86a97b')
    shape(brush, '#e8a33d', 'M600 210 L1010 700 H190Z')
    shape(brush, '#b9761d', 'M600 210 L690 700 H510Z')
    shape(brush, '#f3c46a', 'M600 210 L400 700 H300Z M600 210 L900 700 H800Z')
    line(brush, '#6a4a35', 10, 'M600 210 V130 M190 700 L90 760 M1010 700 L1110 760')
    shape(brush, '#a5263d', 'M600 132 L690 160 L600 188Z')
  },
  crate: (brush) => {
    wash(brush, ['#f3d9b8', '#e5b98a'], 0, 900)
    shape(brush, '#c9925b', 'M0 640 H1200 V900 H0Z')
    for (const { x, y } of spots('330 380, 480 350, 640 370, 790 350, 410 300, 560 280, 720 300, 870 400')) {
      disc(brush, '#b8332c', x, y, 84)
      disc(brush, '#d95a4a', x - 24, y - 26, 26)
      line(brush, '#5d3a28', 9, `M${x} ${y - 78} l12 -40`)
    }
    for (const y of [430, 530, 630]) shape(brush, '#8a5a34', `M230 ${y} H970 V${y + 76} H230Z`)
    shape(brush, '#6b4426', 'M230 420 h46 v300 h-46Z M924 420 h46 v300 h-46Z')
  },
  drum: (brush) => {
    wash(brush, ['#dde3d2', '#c3cdb8'], 0, 900)
    shape(brush, '#9aa692', 'M0 680 H1200 V900 H0Z')
    disc(brush, '#1a4867', 600, 450, 300)
    disc(brush, '#235d83', 600, 450, 250)
    for (let ring = 90; ring < 240; ring += 26) {
      brush.strokeStyle = '#ff9d45'
      brush.lineWidth = 14
      brush.beginPath()
      brush.arc(600, 450, ring, 0, Math.PI * 2)
      brush.stroke()
    }
    disc(brush, '#12201b', 600, 450, 60)
  },
}

/**
 * A JPEG of a scene.
 * @param {string} name
 * @returns {Promise<Blob>}
 */
export const photoOf = async (name) => {
  const canvas = new OffscreenCanvas(canvasSize.width, canvasSize.height)
  const brush = /** @type {Brush} */ (/** @type {unknown} */ (canvas.getContext('2d')))
  const draw = scenes[name]
  if (draw === undefined) throw new Error(`There is no scene named ${name}`)
  draw(brush)
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.86 })
}

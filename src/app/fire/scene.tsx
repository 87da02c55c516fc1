import { useId } from 'react'
import { Panda } from '../panda/panda.tsx'
import css from './scene.module.css'

/** Places that repeat the same way every time: a picture, not a dice roll. */
const scatter = (seed: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, at) => {
    const wave = Math.sin((at + 1) * 127.1 + seed * 311.7) * 43_758.545
    return wave - Math.floor(wave)
  })

const width = 1200
const height = 400
const horizon = 235
const across = scatter(1, 46)
const up = scatter(2, 46)
const bright = scatter(3, 46)
const stars = across.map((x, at) => ({
  x: x * width,
  y: (up[at] ?? 0) * (horizon - 60),
  r: 0.5 + (bright[at] ?? 0) ** 4 * 1.3,
}))
const trees = (() => {
  const tall = scatter(4, 90)
  const wide = scatter(5, 90)
  let path = `M0 ${horizon}`
  let x = 0
  for (let at = 0; x < width; at += 1) {
    const half = 6 + (wide[at % 90] ?? 0) * 8
    const top = horizon - 14 - (tall[at % 90] ?? 0) * 40
    path += `L${x.toFixed(1)} ${horizon - 8}L${(x + half).toFixed(1)} ${top.toFixed(1)}L${(x + 2 * half).toFixed(1)} ${horizon - 8}`
    x += 1.7 * half
  }
  return `${path}L${width} ${horizon}Z`
})()

/** So many people near make the fire as large as it gets. */
const full = 7

/** How bright the fire is, of 1, with so many others near: nothing but coals where there is nobody. */
export const glowOf = (near: number): number => Math.min(1, near / full)

/** Where a panda sits: pixels from the fire along the line of reading, percent from the top; its size in pixels. */
export interface Seat {
  /** Whose panda: a person's document id or a public key, hex. */
  readonly of: string
  readonly x: number
  readonly y: number
  readonly size: number
}

/**
 * The signature picture: a small fire at night with those around it. It breathes slowly; with reduced motion it stands still, on paper
 * it is flat ink. Decoration only: whoever uses it says in words what it shows.
 */
export const FireScene = ({
  seats,
  fire = 1,
  glow,
  focus = 'xMidYMid',
}: {
  readonly seats: readonly Seat[]
  /** Size of the fire; 1 is at rest. */
  readonly fire?: number
  /** By who is near (`glowOf`): coals at 0, a small flame, a grown one with sparks from three people on. Absent: a fire as it is. */
  readonly glow?: number
  readonly focus?: 'xMidYMid' | 'xMinYMid'
}) => {
  const id = useId()
  const size = glow === undefined ? fire : fire * (0.75 + 0.4 * glow)
  return (
    <div className={css.scene} aria-hidden>
      <svg width="100%" height="100%" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio={`${focus} slice`}>
        <defs>
          <radialGradient id={`${id}glow`}>
            <stop offset="0" stopColor="#ff9d45" stopOpacity=".75" />
            <stop offset=".35" stopColor="#e0782f" stopOpacity=".36" />
            <stop offset="1" stopColor="#b5561c" stopOpacity="0" />
          </radialGradient>
          <linearGradient id={`${id}ground`} x2="0" y2="1">
            <stop offset="0" stopColor="#22382c" />
            <stop offset="1" stopColor="#12201b" />
          </linearGradient>
        </defs>
        {stars.map((star) => (
          <circle key={star.x} className={css.star} cx={star.x} cy={star.y} r={star.r} opacity={0.35 + star.r / 3} />
        ))}
        <path className={css.trees} d={trees} />
        <rect
          className={css.ground}
          y={horizon - 2}
          width={width}
          height={height - horizon + 2}
          fill={`url(#${id}ground)`}
        />
        <g transform={`translate(${width / 2} ${horizon + 46}) scale(${size})`} data-glow={glow}>
          <circle className={css.glow} cy="-34" r={glow === 0 ? 110 : 230} fill={`url(#${id}glow)`} />
          <CampFire isLit={glow !== 0} hasSparks={glow === undefined || glow >= glowOf(3)} />
        </g>
      </svg>
      {seats.map((seat) => (
        <span
          key={seat.of}
          className={css.panda}
          style={{ insetInlineStart: `calc(50% + ${seat.x - seat.size / 2}px)`, insetBlockStart: `${seat.y}%` }}
        >
          <Panda of={seat.of} size={seat.size} hasRing />
        </span>
      ))}
    </div>
  )
}

/** Stones, logs, flames, or coals while it is not lit, and a few sparks, with the foot of the flames at 0,0. */
const CampFire = ({ isLit, hasSparks }: { readonly isLit: boolean; readonly hasSparks: boolean }) => (
  <>
    <ellipse cy="10" rx="52" ry="12" fill="#2a1d16" />
    {[-40, -22, 0, 22, 40].map((x, at) => (
      <ellipse key={x} cx={x} cy={at % 2 === 0 ? 13 : 18} rx="11" ry="7" fill={at % 2 === 0 ? '#5d6b68' : '#47544f'} />
    ))}
    <path d="M-34 8L30-6M34 8L-30-6" stroke="#6b3d22" strokeWidth="8" strokeLinecap="round" />
    <path d="M-33 6L28-7M33 6L-28-7" stroke="#8a5230" strokeWidth="3" strokeLinecap="round" />
    {isLit ? <Flames /> : <Coals />}
    {hasSparks && (
      <>
        <circle className={css.spark} cx="-12" cy="-88" r="2.2" />
        <circle className={css.spark} cx="14" cy="-98" r="1.8" />
        <circle className={css.spark} cx="3" cy="-112" r="1.5" />
      </>
    )}
  </>
)

const Coals = () => (
  <>
    {[-18, -7, 5, 16].map((x, at) => (
      <ellipse key={x} cx={x} cy={at % 2 === 0 ? 3 : 6} rx="8" ry="4" fill={at % 2 === 0 ? '#e0622b' : '#b5411c'} />
    ))}
  </>
)

const Flames = () => (
  <>
    <g className={css.flame}>
      <path
        d="M2-80C6-58 32-44 30-14C28 4 14 8 0 8S-30 2-30-16C-30-34-18-40-16-56C-8-50-6-46-6-40C0-50 4-60 2-80Z"
        fill="#f0702b"
      />
    </g>
    <g className={css.flame}>
      <path d="M2-50C4-36 20-28 18-8C17 4 9 7 0 7S-18 3-18-10C-18-24-4-30 2-50Z" fill="#ffb347" />
      <path d="M1-24C2-16 10-12 9-3C8 4 4 6 0 6S-9 3-9-4C-9-12-1-14 1-24Z" fill="#fff1c2" />
    </g>
  </>
)

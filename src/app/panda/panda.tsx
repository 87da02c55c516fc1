import { useId, useMemo } from 'react'
import { type PandaTraits, pandaTraits } from './panda-traits.ts'
import css from './panda.module.css'

/**
 * The face of a person or a key: drawn from the bytes of its id, about a hundred thousand different ones. It helps to recognise and proves nothing, so it
 * always stands beside words and is hidden from screen readers.
 */
export const Panda = ({
  of,
  size = 44,
  hasRing = false,
}: {
  /** A person's document id or a public key, hex. */
  readonly of: string
  readonly size?: number
  /** The warm ring of those who sit by the fire. */
  readonly hasRing?: boolean
}) => {
  const traits = useMemo(() => pandaTraits(of), [of])
  const clip = useId()
  return (
    <svg className={css.panda} width={size} height={size} viewBox="0 0 64 64" aria-hidden>
      <clipPath id={clip}>
        <circle cx="32" cy="32" r={hasRing ? 29.5 : 32} />
      </clipPath>
      {hasRing && <circle className={css.ring} cx="32" cy="32" r="32" />}
      <g clipPath={`url(#${clip})`}>
        <rect width="64" height="64" fill={traits.ground} />
        <Body {...traits} />
        <Ears {...traits} />
        <Head {...traits} />
        <Accessory {...traits} />
      </g>
    </svg>
  )
}

const Body = ({ coat, accessory, accent }: PandaTraits) => (
  <>
    <ellipse cx="32" cy="66" rx="21" ry="14" fill={coat.dark} />
    {accessory === 'scarf' && <path d="M14 57q18 8 36 0l1 6q-19 8-38 0z" fill={accent} />}
  </>
)

const earAt = {
  high: { x: 14, y: 14, r: 8.5 },
  wide: { x: 11.5, y: 19, r: 8.5 },
  round: { x: 14.5, y: 16.5, r: 9.5 },
} as const

const Ears = ({ ears, coat }: PandaTraits) => {
  const { x, y, r } = earAt[ears]
  return (
    <>
      {[x, 64 - x].map((at) => (
        <g key={at}>
          <circle cx={at} cy={y} r={r} fill={coat.isRed ? coat.light : coat.dark} />
          <circle cx={at} cy={y + 1} r={r * 0.5} fill={coat.isRed ? '#fbf3e6' : '#00000030'} />
        </g>
      ))}
    </>
  )
}

const Head = ({ coat, head, lean, eyes, mouth, hasBlush }: PandaTraits) => (
  <>
    <ellipse cx="32" cy="35" rx={head.width} ry={head.height} fill={coat.light} />
    {coat.isRed ? (
      <>
        <ellipse cx="19" cy="41" rx="7.5" ry="7" fill="#fdf4e6" />
        <ellipse cx="45" cy="41" rx="7.5" ry="7" fill="#fdf4e6" />
        <ellipse cx="32" cy="45" rx="9" ry="6.5" fill="#fdf4e6" />
        <ellipse cx="22" cy="27.5" rx="3.6" ry="2.2" fill="#fdf4e6" />
        <ellipse cx="42" cy="27.5" rx="3.6" ry="2.2" fill="#fdf4e6" />
      </>
    ) : (
      <>
        <ellipse cx="22.5" cy="35" rx="6" ry="7.6" fill={coat.dark} transform={`rotate(${lean} 22.5 35)`} />
        <ellipse cx="41.5" cy="35" rx="6" ry="7.6" fill={coat.dark} transform={`rotate(${-lean} 41.5 35)`} />
      </>
    )}
    {hasBlush && (
      <g fill="#f08a7a" opacity="0.5">
        <ellipse cx="16.5" cy="44" rx="3.6" ry="2.2" />
        <ellipse cx="47.5" cy="44" rx="3.6" ry="2.2" />
      </g>
    )}
    <Eye at={23.2} kind={eyes} isOnDark={!coat.isRed} />
    <Eye at={40.8} kind={eyes} isOnDark={!coat.isRed} />
    <path d="M28.6 42.4q3.4-1.8 6.8 0q-.6 3.4-3.4 3.6q-2.8-.2-3.4-3.6z" fill={coat.isRed ? '#2c1a12' : coat.dark} />
    <Mouth kind={mouth} />
  </>
)

const Eye = ({
  at,
  kind,
  isOnDark,
}: {
  readonly at: number
  readonly kind: PandaTraits['eyes']
  readonly isOnDark: boolean
}) =>
  kind === 'calm' ? (
    <path
      d={`M${at - 3} 35.4q3-3 6 0`}
      fill="none"
      stroke={isOnDark ? '#fff' : '#2c1a12'}
      strokeWidth="1.7"
      strokeLinecap="round"
    />
  ) : (
    <>
      {isOnDark && <circle cx={at} cy="35" r={kind === 'wide' ? 3.7 : 3.1} fill="#fff" />}
      <circle cx={at} cy="35.2" r={kind === 'wide' ? 2.7 : 2.3} fill="#1d1a1c" />
      <circle cx={at + 0.9} cy="34.2" r="0.85" fill="#fff" />
    </>
  )

const mouths = {
  smile: 'M28 47.4q2 2 4 0q2 2 4 0',
  small: 'M30 48q2 1.4 4 0',
  open: 'M29.4 47.6q2.6 4.4 5.2 0z',
  flat: 'M29.6 48.4h4.8',
} as const
const Mouth = ({ kind }: { readonly kind: PandaTraits['mouth'] }) => (
  <path
    d={mouths[kind]}
    fill={kind === 'open' ? '#8c3b3b' : 'none'}
    stroke="#2b2225"
    strokeWidth="1.2"
    strokeLinecap="round"
    strokeLinejoin="round"
  />
)

const Accessory = ({ accessory, accent, head }: PandaTraits) => {
  const top = 35 - head.height
  switch (accessory) {
    case 'leaf':
      return <path d={`M32 ${top + 3}q-2-10 9-12q3 10-9 12z`} fill="#4f9b57" stroke="#2f6b3a" strokeWidth=".8" />
    case 'beanie':
      return (
        <g fill={accent}>
          <circle cx="32" cy={top - 6} r="3.4" opacity="0.8" />
          <path d={`M15 ${top + 8}q2-14 17-14t17 14z`} />
          <rect x="13.5" y={top + 5} width="37" height="5.5" rx="2.7" stroke="#0003" />
        </g>
      )
    case 'flower':
      return (
        <g transform={`translate(16 ${top + 2})`}>
          {[0, 72, 144, 216, 288].map((turn) => (
            <ellipse key={turn} cy="-4.2" rx="2.7" ry="3.7" fill={accent} transform={`rotate(${turn})`} />
          ))}
          <circle r="2.3" fill="#ffdf7e" />
        </g>
      )
    case 'glasses':
      return (
        <g fill="#ffffff2e" stroke={accent} strokeWidth="1.7">
          <circle cx="22.8" cy="35.4" r="7.2" />
          <circle cx="41.2" cy="35.4" r="7.2" />
          <path d="M30 34.6q2-1.6 4 0" fill="none" />
        </g>
      )
    case 'headlamp':
      return (
        <g>
          <path d={`M12.5 ${top + 11}q19.5-9 39 0`} fill="none" stroke={accent} strokeWidth="4" />
          <circle cx="32" cy={top + 5.5} r="4.8" fill="#34383f" />
          <circle cx="32" cy={top + 5.5} r="2.9" fill="#fff3b8" />
        </g>
      )
    case 'bamboo':
      return (
        <g>
          <path d="M40 52.5L58 45" stroke="#6aa84f" strokeWidth="3.4" strokeLinecap="round" />
          <path d="M47 49.6l.8 2M53 47l.8 2" stroke="#3f7a33" strokeWidth="1.2" />
          <path d="M55 46q2-7 7-6q-1 6-7 6z" fill="#4f9b57" />
        </g>
      )
    default:
      return null
  }
}

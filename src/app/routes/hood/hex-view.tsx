import { useState } from 'react'
import { classNames } from '../../components/class-names.ts'
import { useHoodWords } from '../../messages/hood.ts'
import { bytesToHex, type Entry } from '../../../sdk/core.ts'
import { entryRanges, type EntryPart } from './entry-ranges.ts'
import tones from '../../components/tones.module.css'
import css from './hex-view.module.css'

/** Tints in turn, so that neighbours differ; the name beside says the same. */
const tints = ['sky', 'leaf', 'honey', 'ember', 'iris'] as const

/** Bytes of an operation written out at most. */
const shownBytes = 2_048

const inPairs = (hex: string): string => hex.replaceAll(/../g, '$& ').trimEnd()

/** All bytes of an entry, each part with its name; pointing at one, or focusing it, lights the other. */
export const HexView = ({ entry }: { readonly entry: Entry }) => {
  const t = useHoodWords().entry
  const [lit, setLit] = useState<EntryPart>()
  const ranges = entryRanges(entry)
  const tintOf = (at: number): string | undefined => tones[tints[at % tints.length] ?? 'sky']
  return (
    <div className={css.hex} onPointerLeave={() => setLit(undefined)}>
      <p className={css.text}>{t.hexText}</p>
      <ul className={css.names}>
        {ranges.map(({ part, from, to }, at) => (
          <li key={part}>
            <button
              type="button"
              className={classNames(css.name, tintOf(at), lit === part && css.lit)}
              aria-pressed={lit === part}
              onFocus={() => setLit(part)}
              onPointerEnter={() => setLit(part)}
              onClick={() => setLit(part)}
            >
              {t.parts[part]} <span className={css.range}>{t.range(from, to)}</span>
            </button>
          </li>
        ))}
      </ul>
      <p className={css.bytes} dir="ltr">
        {ranges.map(({ part, from, to }, at) => (
          <span
            key={part}
            title={`${t.parts[part]}, ${t.range(from, to)}`}
            className={classNames(css.part, tintOf(at), lit === part && css.lit)}
            onPointerEnter={() => setLit(part)}
          >
            {`${inPairs(bytesToHex(entry.bytes.subarray(from, to)))} `}
          </span>
        ))}
      </p>
    </div>
  )
}

/** Bytes that have no names here; a long rest is counted instead of shown. */
export const ByteView = ({ title, bytes }: { readonly title: string; readonly bytes: Uint8Array }) => {
  const t = useHoodWords().entry
  return (
    <details className={css.more}>
      <summary>
        {title}, {t.bytes(bytes.length)}
      </summary>
      <p className={css.bytes} dir="ltr">
        {inPairs(bytesToHex(bytes.subarray(0, shownBytes)))}
        {bytes.length > shownBytes && ' …'}
      </p>
    </details>
  )
}

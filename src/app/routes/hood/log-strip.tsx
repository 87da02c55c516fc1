import { Button } from '../../components/button.tsx'
import { classNames } from '../../components/class-names.ts'
import { useHoodWords } from '../../messages/hood.ts'
import { path } from '../../paths.ts'
import { lipmaa, linkPath, needsSkiplink } from '../../../sdk/core.ts'
import type { LogInfo } from '../../../sdk/index.ts'
import css from './log-strip.module.css'
import type { ReadEntry } from './log-entries.ts'

/** Entries drawn at once; of longer logs a window around the chosen one. */
const windowSize = 120
const step = 24
const box = 18
const arcHeight = (span: number): number => Math.min(88, 18 + 12 * Math.log2(span))

/** An arc over the strip from one box to another, and how high it stands. */
const arc = (from: number, to: number, base: number): string => {
  const height = arcHeight(Math.abs(to - from) / step)
  return `M${from} ${base} C${from} ${base - height * 1.33} ${to} ${base - height * 1.33} ${to} ${base}`
}

/** Given as `ref` to the chosen box: it is called when another one takes its place. */
const intoSight = (entry: HTMLElement | null): void => entry?.scrollIntoView({ block: 'nearest', inline: 'center' })

/**
 * A log from left to right, whatever the language: sequence numbers grow that way. The line is the back links, the arcs the skip links; the
 * path from the chosen entry down to entry 1 is lit. A click, or Enter, chooses.
 */
export const LogStrip = ({
  log,
  entries,
  chosen,
}: {
  readonly log: LogInfo
  readonly entries: readonly ReadEntry[]
  readonly chosen: bigint | undefined
}) => {
  const t = useHoodWords().logs
  const at = entries.findIndex(({ entry }) => entry.seqNum === chosen)
  const start = Math.max(0, Math.min(at - windowSize / 2, entries.length - windowSize))
  const shown = entries.slice(start, start + windowSize)
  const lit = new Set(chosen === undefined ? [] : linkPath(chosen, 1n))
  const first = shown[0]?.entry.seqNum ?? 1n
  const last = shown.at(-1)?.entry.seqNum ?? 1n
  const x = (seqNum: bigint): number => Number(seqNum - first) * step + step / 2
  const arcs = shown
    .map(({ entry }) => entry.seqNum)
    .filter((seqNum) => seqNum > 1n && needsSkiplink(seqNum) && lipmaa(seqNum) >= first)
  const height = Math.max(0, ...arcs.map((seqNum) => arcHeight(Number(seqNum - lipmaa(seqNum))))) + 8
  const width = shown.length * step
  const isOnPath = (seqNum: bigint): boolean => lit.has(seqNum) && lit.has(lipmaa(seqNum))
  const hrefOf = (seqNum: bigint): string => path.hood('log', log.publicKey, log.logId, seqNum)

  return (
    <>
      <div className={css.scroller} dir="ltr">
        <div className={css.strip} style={{ inlineSize: width }}>
          <svg width={width} height={height + box / 2} className={css.arcs} aria-hidden="true">
            {arcs
              .toSorted((a, b) => Number(isOnPath(a)) - Number(isOnPath(b)))
              .map((seqNum) => (
                <path
                  key={String(seqNum)}
                  d={arc(x(seqNum), x(lipmaa(seqNum)), height)}
                  className={classNames(css.arc, isOnPath(seqNum) && css.lit)}
                />
              ))}
          </svg>
          <ol className={css.entries} aria-label={t.strip}>
            {shown.map(({ entry: { seqNum }, operationBytes }) => (
              <li key={String(seqNum)} className={classNames(css.cell, seqNum > first && css.linked)}>
                <a
                  ref={seqNum === chosen ? intoSight : undefined}
                  href={hrefOf(seqNum)}
                  className={classNames(
                    css.box,
                    lit.has(seqNum) && css.onPath,
                    seqNum === chosen && css.chosen,
                    operationBytes === null && css.dropped,
                  )}
                  aria-current={seqNum === chosen ? 'true' : undefined}
                  aria-label={[
                    t.entry(String(seqNum)),
                    ...(seqNum > 1n && needsSkiplink(seqNum) ? [t.linksOn(String(lipmaa(seqNum)))] : []),
                    ...(lit.has(seqNum) ? [t.onPath] : []),
                  ].join(', ')}
                />
                <span className={classNames(css.number, lit.has(seqNum) && css.numberLit)} aria-hidden="true">
                  {lit.has(seqNum) || shown.length < 14 || seqNum % 2n === 0n ? String(seqNum) : ''}
                </span>
              </li>
            ))}
          </ol>
        </div>
      </div>
      {entries.length > shown.length && (
        <div className={css.steps}>
          {start > 0 && <Button onClick={() => location.assign(hrefOf(first - 1n))}>{t.earlier}</Button>}
          {last < log.seqNum && <Button onClick={() => location.assign(hrefOf(last + 1n))}>{t.later}</Button>}
        </div>
      )}
    </>
  )
}

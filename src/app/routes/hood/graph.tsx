import { useMemo } from 'react'
import { classNames } from '../../components/class-names.ts'
import { useHoodWords } from '../../messages/hood.ts'
import { path } from '../../paths.ts'
import type { Change } from '../../../sdk/index.ts'
import css from './graph.module.css'
import { layOutGraph, tipsOf, type GraphPlace } from './graph-layout.ts'

/** Operations drawn at once: the newest. The table below has all of them. */
const shownOperations = 60
const columnWidth = 92
const laneHeight = 76
const radius = 17

const x = ({ column }: GraphPlace): number => column * columnWidth + columnWidth / 2
const y = ({ lane }: GraphPlace): number => lane * laneHeight + radius + 6
const curve = (from: GraphPlace, to: GraphPlace): string => {
  const middle = (x(from) + x(to)) / 2
  return `M${x(from) + radius} ${y(from)} C${middle} ${y(from)} ${middle} ${y(to)} ${x(to) - radius} ${y(to)}`
}

/** What an operation did, in a word or two under its circle. */
const labelOf = ({ action, fields }: Change, words: Readonly<Record<Change['action'], string>>): string => {
  const [first, ...others] = Object.keys(fields)
  if (action !== 'update' || first === undefined) return words[action]
  return others.length === 0 ? first : `${first} +${others.length}`
}

/** The newest stands at the end, and is what one came to see. */
const toNewest = (scroller: HTMLElement | null): void => scroller?.scrollTo({ left: scroller.scrollWidth })

/**
 * Operations from left to right, branches one below the other, tips ringed. A picture for eyes; the table of operations in order is its twin
 * for everybody else, so the links here are left out of the order of focus.
 */
export const Graph = ({
  changes,
  chosen,
}: {
  readonly changes: readonly Change[]
  readonly chosen?: string | undefined
}) => {
  const t = useHoodWords().documents
  const newest = useMemo(() => changes.slice(-shownOperations), [changes])
  const layout = useMemo(() => layOutGraph(newest), [newest])
  const tips = useMemo(() => tipsOf(changes), [changes])
  const width = layout.columns * columnWidth
  const height = layout.lanes * laneHeight + 8
  return (
    <>
      {changes.length > shownOperations && <p className={css['text']}>{t.wide(changes.length)}</p>}
      <div key={layout.columns} ref={toNewest} className={css['scroller']} dir="ltr" aria-hidden="true">
        <svg className={css['graph']} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
          {layout.lines.map(({ from, to }) => (
            <path
              key={`${from.change.operationId}/${to.change.operationId}`}
              d={curve(from, to)}
              className={css['line']}
            />
          ))}
          {layout.places.map((place) => (
            <a key={place.change.operationId} href={path.hood('op', place.change.operationId)} tabIndex={-1}>
              <circle
                cx={x(place)}
                cy={y(place)}
                r={radius}
                className={classNames(
                  css['node'],
                  css[place.change.action],
                  tips.has(place.change.operationId) && css['tip'],
                  place.change.isPending && css['pending'],
                )}
              />
              {place.change.operationId === chosen && (
                <circle cx={x(place)} cy={y(place)} r={radius - 8} className={css['chosen']} />
              )}
              <text x={x(place)} y={y(place) + radius + 18} className={css['label']}>
                {labelOf(place.change, t.actions)}
              </text>
            </a>
          ))}
        </svg>
      </div>
    </>
  )
}

import { classNames } from '../../components/class-names.ts'
import type { CareEvent } from '../../data/group-care.ts'
import { useGroupWords } from '../../messages/groups.ts'
import { path } from '../../paths.ts'
import css from './graph.module.css'

/** Operations drawn at once: the newest. The table below has all of them. */
const shownOperations = 60
const margin = 90
const columnWidth = 64
const laneHeight = 72
const radius = 15

interface Placed {
  readonly event: CareEvent
  readonly x: number
  readonly y: number
}

const curve = (from: Placed, to: Placed): string => {
  const middle = (from.x + to.x) / 2
  return `M${from.x + radius} ${from.y} C${middle} ${from.y} ${middle} ${to.y} ${to.x - radius} ${to.y}`
}

/** Control operations from left to right, a lane for each level, those without effect dashed. The table below is its twin for everybody else. */
export const LevelGraph = ({
  events,
  levelOf,
}: {
  readonly events: readonly CareEvent[]
  readonly levelOf: (event: CareEvent) => number | undefined
}) => {
  const say = useGroupWords().under
  const shown = events.slice(-shownOperations)
  const lanes = [...new Set(shown.map((event) => levelOf(event) ?? Infinity))].toSorted((a, b) => a - b)
  const placed = shown.map((event, at): Placed => {
    const lane = lanes.indexOf(levelOf(event) ?? Infinity)
    return { event, x: margin + at * columnWidth + columnWidth / 2, y: lane * laneHeight + laneHeight / 2 }
  })
  const byId = new Map(placed.map((one) => [one.event.operationId, one]))
  const width = margin + shown.length * columnWidth
  const height = lanes.length * laneHeight
  return (
    <div className={css['scroller']} dir="ltr" aria-hidden="true">
      <svg className={css['graph']} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
        {lanes.map((level, lane) => (
          <text key={level} x={margin / 2} y={lane * laneHeight + laneHeight / 2 + 5} className={css['label']}>
            {level === Infinity ? say.noLevel : say.level(level)}
          </text>
        ))}
        {placed.flatMap((to) =>
          to.event.previous.flatMap((id) => {
            const from = byId.get(id)
            return from === undefined
              ? []
              : [<path key={`${id}/${to.event.operationId}`} d={curve(from, to)} className={css['line']} />]
          }),
        )}
        {placed.map(({ event, x, y }) => (
          <a key={event.operationId} href={path.hood('op', event.operationId)} tabIndex={-1}>
            <circle
              cx={x}
              cy={y}
              r={radius}
              className={classNames(css['node'], css['update'], event.refusal !== undefined && css['pending'])}
            />
          </a>
        ))}
      </svg>
    </div>
  )
}

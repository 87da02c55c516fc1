import { ArrowUp, ChevronRight } from 'lucide-react'
import type { DocumentId, PublicKey } from '../../../sdk/index.ts'
import { classNames } from '../../components/class-names.ts'
import type { ListedGroup } from '../../data/use-groups.ts'
import type { Claims } from '../../data/use-claims.ts'
import { useNear } from '../../data/use-near.ts'
import { usePeopleNames } from '../../data/use-people-names.ts'
import { FireScene, glowOf, type Seat } from '../../fire/scene.tsx'
import { useFireWords } from '../../messages/fire.ts'
import { useGroupWords } from '../../messages/groups.ts'
import { useOwnFace } from '../../panda/own-panda.tsx'
import { path } from '../../paths.ts'
import css from './fire.module.css'

/** Where others sit: two arms around the fire, nobody behind the flame. Who finds no seat is counted in words. */
const seats: readonly Omit<Seat, 'of'>[] = [
  { x: 92, y: 70, size: 62 },
  { x: -152, y: 54, size: 52 },
  { x: 152, y: 54, size: 52 },
  { x: -104, y: 42, size: 40 },
  { x: 104, y: 42, size: 40 },
]
/** So many are named; the others are counted. */
const maxNamed = 4

/** The fire over the talk, as large as there are people near, who sit around it and are named beside it; a strip of it while one reads further up. */
export const TalkScene = ({
  group,
  persons,
  claims,
  isStrip,
  unread,
  onShowNew,
}: {
  readonly group: ListedGroup
  readonly persons: ReadonlyMap<PublicKey, DocumentId>
  readonly claims: Claims
  readonly isStrip: boolean
  /** Messages that are new since somebody last looked. */
  readonly unread: number
  readonly onShowNew: () => void
}) => {
  const say = useFireWords()
  const groupWords = useGroupWords()
  const face = useOwnFace()
  const near = useNear(group.id, persons)
  const nameOf = usePeopleNames(near, groupWords, claims)
  const members = group.people.filter(({ isMember }) => isMember)
  const around = seats.slice(0, near.length).map((seat, at): Seat => ({ of: near[at]!.slice(2), ...seat }))
  const own: readonly Seat[] = face === undefined ? [] : [{ of: face, x: -92, y: 70, size: 64 }]
  const named = near.slice(0, maxNamed).map((subject) => nameOf(subject) || say.somebody)
  return (
    <div className={css.scene}>
      <div className={classNames(css.sky, isStrip && css.strip)}>
        <div className={css.picture}>
          <FireScene seats={[...own, ...around]} fire={1.1} glow={glowOf(near.length)} />
        </div>
        <div className={css.sceneWords}>
          <div className={css.sceneSaid}>
            <a className={css.sceneTitle} href={path.people(group.id)}>
              <span>
                <bdi className={css.sceneName}>{group.card.name}</bdi>
                {say.people(members.length)}
              </span>
              <ChevronRight className="directional" size={18} aria-hidden />
            </a>
            {members.length > 1 && (
              <p className={css.near} role="status">
                {near.length === 0 ? say.quiet : say.near(named, near.length - named.length)}
              </p>
            )}
          </div>
          {unread > 0 && (
            <button type="button" className={css.showNew} onClick={onShowNew}>
              <ArrowUp size={16} aria-hidden />
              {say.unread(unread)}
            </button>
          )}
        </div>
      </div>
    </div>
  )
}

import { ArrowUp, ChevronRight } from 'lucide-react'
import { classNames } from '../../components/class-names.ts'
import type { ListedGroup } from '../../data/use-groups.ts'
import { FireScene } from '../../fire/scene.tsx'
import { useFireWords } from '../../messages/fire.ts'
import { useOwnFace } from '../../panda/own-panda.tsx'
import { path } from '../../paths.ts'
import css from './fire.module.css'

/**
 * The fire over the talk, a strip of it while one reads further up. Who else is near is not told in groups yet, so nobody but oneself sits there; how
 * many there are stands in words.
 */
export const TalkScene = ({
  group,
  isStrip,
  unread,
  onShowNew,
}: {
  readonly group: ListedGroup
  readonly isStrip: boolean
  /** Messages that are new since somebody last looked. */
  readonly unread: number
  readonly onShowNew: () => void
}) => {
  const say = useFireWords()
  const face = useOwnFace()
  const members = group.people.filter(({ isMember }) => isMember)
  return (
    <div className={css.scene}>
      <div className={classNames(css.sky, isStrip && css.strip)}>
        <div className={css.picture}>
          <FireScene seats={face === undefined ? [] : [{ of: face, x: -92, y: 70, size: 64 }]} fire={1.1} />
        </div>
        <div className={css.sceneWords}>
          <a className={css.sceneTitle} href={path.people(group.id)}>
            <span>
              <bdi className={css.sceneName}>{group.card.name}</bdi>
              {say.people(members.length)}
            </span>
            <ChevronRight className="directional" size={18} aria-hidden />
          </a>
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

import type { Changed } from '../../data/use-changes.ts'
import { subjectOfKey } from '../../data/group-people.ts'
import { useIsOwn } from '../../data/use-groups.ts'
import { usePersons } from '../../data/use-persons.ts'
import { usePresent } from '../../data/use-present.ts'
import { useThings } from '../../data/use-things.ts'
import { FireScene, glowOf } from '../../fire/scene.tsx'
import { useSpeech } from '../../messages/messages.tsx'
import { useOwnFace } from '../../panda/own-panda.tsx'
import { path } from '../../paths.ts'
import css from './home.module.css'

/** Where others sit: two arms around the fire, nobody behind it. Who finds no seat is counted in words. */
const seats = [
  { x: 88, y: 65, size: 62 },
  { x: -146, y: 50, size: 52 },
  { x: 146, y: 50, size: 52 },
] as const

/** The fire, with you beside it and whoever is here; under it what you touched last, and the way back there. */
export const FireCard = ({ last }: { readonly last: Changed }) => {
  const { t, format } = useSpeech()
  const face = useOwnFace()
  const { totalCount } = useThings(last.collection)
  const { collection, title } = last
  const persons = usePersons()
  const isOwn = useIsOwn()
  // Each person once, with however many devices.
  const others = [...new Set(usePresent().map(({ publicKey }) => subjectOfKey(publicKey, persons)))].filter(
    (subject) => !isOwn(subject),
  )
  const around = others.slice(0, seats.length).flatMap((subject, at) => {
    const seat = seats[at]
    return seat === undefined ? [] : [{ of: subject.slice(2), ...seat }]
  })
  return (
    <a className={css.fire} href={path.collection(collection)}>
      <span className={css.picture}>
        <FireScene
          seats={[...(face === undefined ? [] : [{ of: face, x: -88, y: 65, size: 62 }]), ...around]}
          fire={1 + 0.4 * glowOf(others.length)}
        />
      </span>
      <span className={css.fireWords}>
        <span className={css.fireText}>
          <span className={css.fireTitle} dir="auto">
            {collection.name}
          </span>
          <span className={css.fireLine}>
            {t.start.home.last} <bdi>{title === '' ? t.you.changes.untitled(collection.one) : title}</bdi>
          </span>
        </span>
        {others.length > 0 ? (
          <span className={css.fireCount}>
            <strong>{format.number(others.length)}</strong>
            {t.here.byTheFire(others.length)}
          </span>
        ) : (
          totalCount !== null &&
          totalCount > 0 && (
            <span className={css.fireCount}>
              <strong>{format.number(totalCount)}</strong>
              {t.start.home.kept(totalCount)}
            </span>
          )
        )}
      </span>
    </a>
  )
}

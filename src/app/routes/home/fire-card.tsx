import { useNode } from '../../../sdk/react/index.ts'
import type { Changed } from '../../data/use-changes.ts'
import { useThings } from '../../data/use-things.ts'
import { FireScene } from '../../fire/scene.tsx'
import { useSpeech } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'
import css from './home.module.css'

/** The fire at rest, with you beside it; under it what you touched last, and the way back there. */
export const FireCard = ({ last }: { readonly last: Changed }) => {
  const { t, format } = useSpeech()
  const { publicKey } = useNode()
  const { totalCount } = useThings(last.collection)
  const { collection, title } = last
  return (
    <a className={css.fire} href={path.collection(collection.id)}>
      <span className={css.picture}>
        <FireScene seats={[{ publicKey, x: -88, y: 65, size: 62 }]} />
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
        {totalCount !== null && totalCount > 0 && (
          <span className={css.fireCount}>
            <strong>{format.number(totalCount)}</strong>
            {t.start.home.kept(totalCount)}
          </span>
        )}
      </span>
    </a>
  )
}

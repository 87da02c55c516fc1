import { useMemo, useState, useSyncExternalStore } from 'react'
import { watchForUpdate } from '../../sdk/app-shell.ts'
import { Button } from '../components/button.tsx'
import { useMessages } from '../messages/messages.tsx'
import { path } from '../paths.ts'
import { useDevice } from '../state/trouble.ts'
import css from './notices.module.css'

/** A full disk, or a key that is gone: the app goes on, for reading and exporting. */
export const ReadOnlyBanner = () => {
  const { trouble } = useMessages()
  const { isFull, isKeyGone } = useDevice()
  if (!isFull && !isKeyGone) return null
  return (
    <p className={css.banner} role="status">
      {isKeyGone ? trouble.keyGone : trouble.readOnly}
      <a href={path.settings(isKeyGone ? 'files' : 'storage')}>{isKeyGone ? trouble.exportAll : trouble.makeRoom}</a>
    </p>
  )
}

/** A newer version waits. It comes in only when its person says so: somebody may be typing. */
export const UpdateNotice = () => {
  const t = useMessages()
  const update = useMemo(() => watchForUpdate(), [])
  const { state } = useSyncExternalStore(update.subscribe, update.getState)
  const [isAside, setIsAside] = useState(false)
  if (state === 'current' || isAside) return null
  if (state === 'changing')
    return (
      <div className={css.update} role="status">
        {t.shell.update.changing}
      </div>
    )
  return (
    <div className={css.update} role="status">
      {t.shell.update.text}
      <Button tone="plain" onClick={() => setIsAside(true)}>
        {t.start.home.notNow}
      </Button>
      <Button tone="primary" onClick={update.useIt}>
        {t.shell.update.use}
      </Button>
    </div>
  )
}

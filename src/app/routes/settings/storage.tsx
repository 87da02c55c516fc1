import { useEffect, useRef, useState } from 'react'
import type { CheckReport } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'
import { Button, ButtonLink } from '../../components/button.tsx'
import barCss from '../../components/import-file.module.css'
import { useSpeech } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'
import { askStorage, persistStorage, useStorage } from '../../state/storage.ts'
import { toast } from '../../state/toasts.ts'
import { attempt } from '../../state/trouble.ts'
import css from './settings.module.css'

export const StorageSettings = () => (
  <>
    <Usage />
    <Check />
    <Room />
  </>
)

const Usage = () => {
  const { t, format } = useSpeech()
  const say = t.you.settings.storage
  const { used, quota, isPersisted } = useStorage()
  useEffect(() => void askStorage(), [])
  const text =
    used === undefined
      ? say.unknown
      : quota === undefined
        ? say.usedOnly(format.bytes(used))
        : say.used(format.bytes(used), format.bytes(quota))
  return (
    <section className={css.card}>
      <p>{text}</p>
      {used !== undefined && quota !== undefined && (
        <progress className={barCss.bar} max={quota} value={used} aria-label={say.bar} />
      )}
      <p className={css.text}>{isPersisted === true ? say.persisted : say.notPersisted}</p>
      {isPersisted === false && (
        <div>
          <Button
            onClick={() =>
              void (async () => toast((await persistStorage()) ? t.start.home.persist.yes : t.start.home.persist.no))()
            }
          >
            {say.keep}
          </Button>
        </div>
      )}
    </section>
  )
}

/** Reads everything once and says whether it is sound. */
const Check = () => {
  const { t } = useSpeech()
  const say = t.you.settings.storage
  const node = useNode()
  const stop = useRef<AbortController>(undefined)
  const [checked, setChecked] = useState<number>()
  const [report, setReport] = useState<CheckReport>()
  useEffect(() => () => stop.current?.abort(), [])
  const check = async (): Promise<void> => {
    const controller = new AbortController()
    stop.current = controller
    setReport(undefined)
    setChecked(0)
    setReport(
      await attempt(t, () =>
        node.verify({ signal: controller.signal, onProgress: ({ documents }) => setChecked(documents) }),
      ),
    )
    setChecked(undefined)
  }
  return (
    <section className={css.card}>
      <h2>{say.check}</h2>
      <p className={css.text}>{say.checkText}</p>
      <div className={css.actions}>
        {checked === undefined ? (
          <Button onClick={() => void check()}>{say.check}</Button>
        ) : (
          <Button onClick={() => stop.current?.abort()}>{t.you.settings.files.stop}</Button>
        )}
      </div>
      <p role="status">
        {checked !== undefined && say.checking(checked)}
        {report?.damaged.length === 0 && say.fine(report.documents, report.entries)}
        {report !== undefined && report.damaged.length > 0 && say.damaged(report.damaged.length)}
      </p>
      {report !== undefined && report.damaged.length > 0 && (
        <ul className={barCss.bad}>
          {report.damaged.slice(0, 50).map(({ table, key, failure }) => (
            <li key={`${table}/${key}`}>
              {say.row(table, key)} ({failure.code})
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** The store's own tables and how much each takes are machinery: they stand under the hood. */
const Room = () => {
  const { t } = useSpeech()
  return (
    <section className={css.card}>
      <h2>{t.you.settings.storage.room}</h2>
      <div className={css.actions}>
        <ButtonLink href={path.hood('storage')}>{t.shell.hood}</ButtonLink>
      </div>
    </section>
  )
}

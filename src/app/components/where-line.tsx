import { Check, Clock } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { DocumentStatus, DocumentView } from '../../sdk/index.ts'
import { useNode } from '../../sdk/react/index.ts'
import { useSync, useWaiting } from '../data/use-sync.tsx'
import { useMessages } from '../messages/messages.tsx'
import css from './where-line.module.css'

/** Where a shared thing is, as far as this device knows: only here, or on how many others that were met. Of a private thing nothing. */
export const WhereLine = ({ document }: { readonly document: DocumentView }) => {
  const t = useMessages()
  const node = useNode()
  const { nodes } = useSync()
  const [status, setStatus] = useState<DocumentStatus>()
  const isShared = document.mark === 'shared'
  useEffect(() => {
    if (!isShared) return
    let isCurrent = true
    const ask = (): void =>
      void node.sync.withWhom([document]).then(
        ([found]) => isCurrent && setStatus(found),
        // A closed node answers nothing; the line stays as it was.
        () => undefined,
      )
    ask()
    // Somebody got something: perhaps this.
    const stop = node.sync.status().subscribe(ask)
    return () => {
      isCurrent = false
      stop()
    }
  }, [node, isShared, document])
  if (!isShared || status === undefined || !status.isShared) return null
  const onNodes = status.with.filter(({ publicKey }) => nodes.some((one) => one.publicKey === publicKey)).length
  const others = status.with.length - onNodes
  return (
    <p className={css.line} role="status">
      {status.with.length === 0 ? <Clock size={17} aria-hidden /> : <Check size={17} aria-hidden />}
      {status.with.length === 0 ? t.sync.thing.waiting : t.sync.thing.with(others, onNodes)}
    </p>
  )
}

/** A small clock beside a shared thing that is on this device only. */
export const WaitingMark = ({ id }: { readonly id: string }) => {
  const t = useMessages()
  if (!useWaiting().ids.has(id)) return null
  return (
    <span className={css.mark} title={t.sync.thing.mark}>
      <Clock size={15} aria-hidden />
      <span className="visually-hidden">{t.sync.thing.mark}</span>
    </span>
  )
}

import { ArrowLeftRight, Check, Clock, GitCompareArrows, type LucideIcon, Server, Smartphone } from 'lucide-react'
import type { SyncSummary } from '../data/sync-summary.ts'
import { useSync } from '../data/use-sync.tsx'
import { type Messages, useSpeech } from '../messages/messages.tsx'
import { path } from '../paths.ts'
import { classNames } from './class-names.ts'
import css from './sync-pill.module.css'

const icons: Readonly<Record<SyncSummary['state'], LucideIcon>> = {
  private: Smartphone,
  exchanging: ArrowLeftRight,
  unequal: GitCompareArrows,
  waiting: Clock,
  same: Check,
  alone: Smartphone,
}

/** How things stand, in a few words. */
export const syncWords = ({ state, toShare, hasMore, devices, nodes }: SyncSummary, { sync }: Messages): string => {
  if (state === 'waiting') return sync.short.waiting(toShare, hasMore)
  return state === 'same' ? sync.short.same(devices, nodes) : sync.short[state]
}

export const SyncIcon = ({ summary, size = 20 }: { readonly summary: SyncSummary; readonly size?: number }) => {
  const Icon = summary.state === 'same' && summary.devices === 0 ? Server : icons[summary.state]
  return <Icon size={size} strokeWidth={2} aria-hidden />
}

/**
 * The corner that says how things stand, and leads to more. Not there while nothing is shared and nobody is connected: there is nothing to
 * say. `isWorded`: the words stand beside the icon, else the number alone.
 */
export const SyncPill = ({
  isWorded = false,
  className,
}: {
  readonly isWorded?: boolean
  readonly className?: string | undefined
}) => {
  const { t, format } = useSpeech()
  const { summary, shared, peers } = useSync()
  if (shared.length === 0 && peers.length === 0) return null
  const words = syncWords(summary, t)
  const count = summary.state === 'waiting' ? summary.toShare : summary.state === 'same' ? summary.devices : 0
  return (
    <a
      className={classNames(css.pill, css[summary.state], !isWorded && css.small, className)}
      href={path.sync()}
      aria-label={t.sync.button(words)}
      title={words}
    >
      <SyncIcon summary={summary} />
      {isWorded ? (
        <span>{words}</span>
      ) : (
        count > 0 && (
          <span>{`${format.number(count)}${summary.state === 'waiting' && summary.hasMore ? '+' : ''}`}</span>
        )
      )}
    </a>
  )
}

import { Check, Clock, WifiOff } from 'lucide-react'
import type { OutboxState } from '../../../sdk/index.ts'
import { useNodes } from '../../../sdk/react/index.ts'
import { useIsOnline } from '../../data/use-is-online.ts'
import { useSpeech } from '../../messages/messages.tsx'
import css from '../share/share.module.css'
import { RefusedRows } from './refused-rows.tsx'
import { TryAgain } from './try-again.tsx'

/** So many are counted; more of them may wait. */
const counted = 1_000

/** What waits for one node, why, and what it refused in its own words; with the way to try again. */
export const Outgoing = ({ outbox }: { readonly outbox: OutboxState }) => {
  const { t } = useSpeech()
  const say = t.outgoing
  const { target, waiting, refused } = outbox
  const open = waiting - refused.length
  return (
    <>
      <p className={css.fact} role="status">
        {waiting === 0 ? <Check size={20} aria-hidden /> : <Clock size={20} aria-hidden />}
        <span>{waiting === 0 ? say.there : open === 0 ? say.onlyRefused : say.waiting(open, waiting >= counted)}</span>
      </p>
      {open > 0 && <Why outbox={outbox} />}
      {refused.length > 0 && <RefusedRows refused={refused} title={say.refusedOne} />}
      {waiting > 0 && (
        <div className={css.actions}>
          <TryAgain target={target} label={say.again} />
        </div>
      )}
    </>
  )
}

/** Why what waits does not go just now, as far as this device knows. */
const Why = ({ outbox: { target, said, nextAt } }: { readonly outbox: OutboxState }) => {
  const { t, format } = useSpeech()
  const say = t.outgoing
  const isOnline = useIsOnline()
  const { connecting, nodes } = useNodes()
  const isPaused = nodes.some(({ transportKey, isPaused: isIt }) => transportKey === target && isIt)
  if (!isOnline)
    return (
      <p className={css.fact}>
        <WifiOff size={20} aria-hidden />
        <span>{say.offline}</span>
      </p>
    )
  if (isPaused) return <p>{say.paused}</p>
  const next = nextAt === undefined ? '' : ` ${say.next(format.time(nextAt))}`
  if (said !== undefined) return <p>{`${say.because(said)}${next}`}</p>
  return connecting === 'asked' ? <p>{say.asked}</p> : null
}

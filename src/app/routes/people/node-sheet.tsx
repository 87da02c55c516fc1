import { useNode } from '../../../sdk/react/index.ts'
import { Button } from '../../components/button.tsx'
import { Sheet } from '../../components/sheet.tsx'
import type { ListedNode } from '../../data/group-nodes.ts'
import { hostOf } from '../../data/host-of.ts'
import { useGroupNodeWords } from '../../messages/group-nodes.ts'
import { useMessages } from '../../messages/messages.tsx'
import { toast } from '../../state/toasts.ts'
import { succeeds } from '../../state/trouble.ts'
import { NodeFacts } from './node-facts.tsx'
import css from './people.module.css'
import { SecondTap } from './second-tap.tsx'

/** A node that keeps the group: how this device stands with it, what it sees, and its end. */
export const NodeSheet = ({
  listed: { node: kept, admissions, here },
  state,
  mayDismiss,
  onClose,
}: {
  readonly listed: ListedNode
  readonly state: string
  readonly mayDismiss: boolean
  readonly onClose: () => void
}) => {
  const t = useMessages()
  const say = useGroupNodeWords()
  const node = useNode()
  const host = hostOf(kept.address)
  const connect = async (): Promise<void> => {
    if (await succeeds(t, () => node.sync.nodes.add(kept))) toast(say.connected(host))
  }
  const dismiss = async (): Promise<void> => {
    const isDone = await succeeds(t, async () => {
      for (const one of admissions) await node.groups.dismissNode(one)
    })
    if (!isDone) return
    toast(say.dismiss.done(host))
    onClose()
  }
  return (
    <Sheet title={host} onClose={onClose}>
      <div className={css.invited}>
        <p role="status">{state}</p>
        <NodeFacts {...kept} />
      </div>
      {here === undefined && (
        <section className={css.part} aria-label={say.connect}>
          <p className={css.note}>{say.connectText}</p>
          <div className={css.actions}>
            <Button onClick={() => void connect()}>{say.connect}</Button>
          </div>
        </section>
      )}
      {mayDismiss && (
        <SecondTap
          action={say.dismiss.do}
          text={say.dismiss.text}
          really={say.dismiss.really}
          rather={say.dismiss.rather}
          onDo={dismiss}
        />
      )}
    </Sheet>
  )
}

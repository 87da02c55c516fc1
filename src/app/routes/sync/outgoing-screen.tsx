import { Send, Trash2 } from 'lucide-react'
import type { OutboxState } from '../../../sdk/index.ts'
import { useNode, useOutbox } from '../../../sdk/react/index.ts'
import { AddressForm } from '../../components/address-form.tsx'
import { Button } from '../../components/button.tsx'
import { Screen } from '../../components/screen.tsx'
import { hostOf } from '../../data/host-of.ts'
import { useSync } from '../../data/use-sync.tsx'
import { useSpeech } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'
import { toast } from '../../state/toasts.ts'
import { codeOf, succeeds } from '../../state/trouble.ts'
import css from '../share/share.module.css'
import { Outgoing } from './outgoing.tsx'

/** Which node gets what, what waits for it and why; and other p2panda nodes to publish to. */
export const OutgoingScreen = () => {
  const { t } = useSpeech()
  const say = t.outgoing
  const { status, nodes } = useOutbox()
  return (
    <Screen title={say.title} subtitle={say.subtitle} back={path.sync()} width="narrow">
      {status !== 'loading' && nodes.length === 0 && <p>{say.none}</p>}
      {nodes.map((one) => (
        <NodeCard key={one.target} outbox={one} />
      ))}
      {status !== 'loading' && <PublishTo known={nodes.map(({ url }) => url)} />}
    </Screen>
  )
}

const NodeCard = ({ outbox }: { readonly outbox: OutboxState }) => {
  const { t, format } = useSpeech()
  const say = t.outgoing
  const node = useNode()
  const { shared } = useSync()
  const host = hostOf(outbox.url)
  const names = shared.flatMap(({ collection }) => (collection === undefined ? [] : [collection.name]))
  const stop = async (): Promise<void> => {
    if (await succeeds(t, () => node.sync.nodes.publishNoLongerTo(outbox.url))) toast(say.stopped(host))
  }
  return (
    <section className={css.card} aria-label={host}>
      <h2 dir="ltr" className={css.key}>
        {host}
      </h2>
      <p className={css.quiet}>
        {say.kinds[outbox.kind]}. {names.length === 0 ? say.getsNothing : say.gets(format.list(names))}
      </p>
      <Outgoing outbox={outbox} />
      {outbox.kind === 'p2panda' && (
        <div className={css.actions}>
          <Button icon={<Trash2 size={20} aria-hidden />} onClick={() => void stop()}>
            {say.stop}
          </Button>
        </div>
      )}
    </section>
  )
}

/** Another p2panda node, by the address where it takes entries. */
const PublishTo = ({ known }: { readonly known: readonly string[] }) => {
  const { t } = useSpeech()
  const say = t.outgoing.to
  const node = useNode()
  const publish = async (address: string): Promise<boolean | string> => {
    if (known.includes(address)) return say.known
    try {
      await node.sync.nodes.publishTo(address)
      toast(say.done(hostOf(address)))
      return true
    } catch (thrown) {
      return codeOf(thrown) === 'dial/unsupported' ? say.wrong : t.trouble.other
    }
  }
  return (
    <section className={css.card} aria-labelledby="publish-to">
      <h2 id="publish-to">{say.title}</h2>
      <p>{say.text}</p>
      <AddressForm
        label={say.address}
        hint={say.hint}
        icon={<Send size={20} aria-hidden />}
        action={say.do}
        onEnter={publish}
      />
    </section>
  )
}

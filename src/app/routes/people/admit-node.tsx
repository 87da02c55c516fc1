import { ChevronRight, RotateCw, Server } from 'lucide-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { type NodeLink, type PublicKey, readNodeLink } from '../../../sdk/index.ts'
import { useNode, useNodes } from '../../../sdk/react/index.ts'
import { AddressForm } from '../../components/address-form.tsx'
import { Button } from '../../components/button.tsx'
import { TextField } from '../../components/field.tsx'
import { Sheet } from '../../components/sheet.tsx'
import type { ListedNode } from '../../data/group-nodes.ts'
import { hostOf } from '../../data/host-of.ts'
import { useOtherNodes } from '../../data/use-group-nodes.ts'
import type { ListedGroup } from '../../data/use-groups.ts'
import { useNodeState } from '../../data/use-node-state.ts'
import { useGroupNodeWords } from '../../messages/group-nodes.ts'
import { useMessages } from '../../messages/messages.tsx'
import { toast } from '../../state/toasts.ts'
import { attempt, succeeds } from '../../state/trouble.ts'
import { NodeFacts } from './node-facts.tsx'
import css from './people.module.css'

/** As many characters as a link may hold of it. */
const longestToken = 100

/** Lets a node keep the group: one of this device's, or one whose link its operator gave out. Nothing is connected before it was looked at. */
export const AdmitNode = ({
  group,
  kept,
  onClose,
}: {
  readonly group: ListedGroup
  readonly kept: readonly ListedNode[]
  readonly onClose: () => void
}) => {
  const say = useGroupNodeWords().add
  const [chosen, setChosen] = useState<NodeLink>()
  return (
    <Sheet title={chosen === undefined ? say.title(group.card.name) : hostOf(chosen.address)} onClose={onClose}>
      {chosen === undefined ? (
        <Choose kept={kept} onChoose={setChosen} />
      ) : (
        <Admit group={group} link={chosen} onOther={() => setChosen(undefined)} onDone={onClose} />
      )}
    </Sheet>
  )
}

const Choose = ({
  kept,
  onChoose,
}: {
  readonly kept: readonly ListedNode[]
  readonly onChoose: (link: NodeLink) => void
}) => {
  const words = useGroupNodeWords()
  const say = words.add
  const others = useOtherNodes(kept)
  const stateOf = useNodeState()
  const look = async (text: string): Promise<boolean | string> => {
    try {
      onChoose(readNodeLink(/#\/node\/([\w-]+)/.exec(text)?.[1] ?? text))
    } catch {
      return say.wrong
    }
    return true
  }
  return (
    <div className={css.choices}>
      <p>{words.text}</p>
      {others.length > 0 && (
        <section aria-label={say.known}>
          <h3>{say.known}</h3>
          <ul>
            {others.map((node) => (
              <li key={node.transportKey}>
                <button type="button" className={css.line} onClick={() => onChoose({ ...node, token: '' })}>
                  <span className={css.invite}>
                    <Server size={22} aria-hidden />
                  </span>
                  <span className={css.words}>
                    <bdi className={css.name}>{hostOf(node.address)}</bdi>
                    <span className={css.note}>{stateOf(node)}</span>
                  </span>
                  <span className={css.edge}>
                    <ChevronRight className="directional" size={20} aria-hidden />
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <AddressForm
        label={say.link}
        hint={say.linkHint}
        icon={<Server size={20} aria-hidden />}
        action={say.look}
        onEnter={look}
      />
    </div>
  )
}

/** What it is, and the button; then it is waited for where it was never met, since its own word says which key it signs with. */
const Admit = ({
  group,
  link,
  onOther,
  onDone,
}: {
  readonly group: ListedGroup
  readonly link: NodeLink
  readonly onOther: () => void
  readonly onDone: () => void
}) => {
  const t = useMessages()
  const say = useGroupNodeWords().add
  const node = useNode()
  const stateOf = useNodeState()
  const { address, transportKey } = link
  const host = hostOf(address)
  const here = useNodes().nodes.find((one) => one.transportKey === transportKey)
  const publicKey = here?.address === address ? here.publicKey : undefined
  const [typed, setTyped] = useState(link.token)
  const [isWanted, setIsWanted] = useState(false)
  const token = typed.trim()
  const isTooLong = token.length > longestToken
  const want = async (): Promise<void> => {
    if (isWanted || isTooLong) return
    const isSaid = here?.address === address && token === ''
    const isReady = isSaid && !here.isPaused ? true : await succeeds(t, () => dial())
    if (isReady) setIsWanted(true)
  }
  const dial = async (): Promise<void> => {
    if (here?.address === address && token === '') await node.sync.nodes.resume(transportKey)
    else await node.sync.nodes.add({ address, transportKey, token })
  }
  // Once for each time it is wanted: what else is new by then does not let it in again.
  const admit = useEffectEvent(async (key: PublicKey): Promise<void> => {
    const isDone = await succeeds(t, () => node.groups.admitNode(group.id, { publicKey: key, transportKey, address }))
    if (!isDone) return
    toast(say.admitted(host))
    onDone()
  })
  useEffect(() => {
    if (isWanted && publicKey !== undefined) void admit(publicKey).finally(() => setIsWanted(false))
  }, [isWanted, publicKey])
  return (
    <div className={css.invited}>
      <NodeFacts address={address} transportKey={transportKey} publicKey={publicKey} />
      {link.token === '' && (
        <TextField
          label={say.token}
          hint={say.tokenHint}
          error={isTooLong ? say.tokenTooLong : undefined}
          value={typed}
          dir="ltr"
          autoCapitalize="off"
          spellCheck={false}
          onChange={({ target }) => setTyped(target.value)}
        />
      )}
      {isWanted && publicKey === undefined && (
        <p role="status">
          {here === undefined ? '' : stateOf(here)} {say.reaching}
        </p>
      )}
      <div className={css.actions}>
        <Button
          tone="primary"
          isLarge
          aria-disabled={isWanted}
          icon={<Server size={20} aria-hidden />}
          onClick={() => void want()}
        >
          {say.admit(host)}
        </Button>
        {isWanted && here?.state === 'off' && (
          <Button
            icon={<RotateCw size={20} aria-hidden />}
            onClick={() => void attempt(t, () => node.sync.nodes.connectNow())}
          >
            {t.sync.connectNow}
          </Button>
        )}
        <Button tone="plain" onClick={onOther}>
          {say.other}
        </Button>
      </div>
    </div>
  )
}

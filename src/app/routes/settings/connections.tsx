import { Pause, Play, QrCode, RotateCw, Server, Trash2 } from 'lucide-react'
import { type NodeInfo, readNodeLink } from '../../../sdk/index.ts'
import { useNode, useNodes, useRelays } from '../../../sdk/react/index.ts'
import { AddressForm } from '../../components/address-form.tsx'
import { Button, ButtonLink } from '../../components/button.tsx'
import { Choices, Switch } from '../../components/field.tsx'
import { Menu } from '../../components/menu.tsx'
import { Row } from '../../components/rows.tsx'
import { Tile } from '../../components/tile.tsx'
import { hostOf } from '../../data/host-of.ts'
import { useNodeState } from '../../data/use-node-state.ts'
import { useMessages } from '../../messages/messages.tsx'
import { go, path } from '../../paths.ts'
import { toast } from '../../state/toasts.ts'
import { attempt, succeeds } from '../../state/trouble.ts'
import { Relays } from './relays.tsx'
import css from './settings.module.css'

/** Nodes that a person chose, and when they are connected with. */
export const Connections = () => (
  <>
    <Nodes />
    <Relays />
    <When />
  </>
)

const Nodes = () => {
  const t = useMessages()
  const say = t.sync.nodes
  const { nodes } = useNodes()
  return (
    <section className={css.card} aria-labelledby="nodes">
      <h2 id="nodes">{say.title}</h2>
      <p className={css.text}>{say.text}</p>
      {nodes.length === 0 ? (
        <p>{say.none}</p>
      ) : (
        <>
          <ul>
            {nodes.map((node) => (
              <NodeRow key={node.transportKey} node={node} />
            ))}
          </ul>
          <p className={css.text}>{say.sees}</p>
        </>
      )}
      <AddNode />
    </section>
  )
}

const NodeRow = ({ node }: { readonly node: NodeInfo }) => {
  const t = useMessages()
  const say = t.sync.nodes
  const { nodes } = useNode().sync
  const stateOf = useNodeState()
  const host = hostOf(node.address)
  const remove = async (): Promise<void> => {
    if (await succeeds(t, () => nodes.remove(node.transportKey))) toast(say.removed(host))
  }
  return (
    <Row
      picture={
        <Tile>
          <Server size={24} aria-hidden />
        </Tile>
      }
      title={host}
      edge={
        <Menu
          label={`${t.shell.more}: ${host}`}
          items={[
            node.isPaused
              ? {
                  label: say.resume,
                  icon: <Play size={20} aria-hidden />,
                  onChoose: () => void attempt(t, () => nodes.resume(node.transportKey)),
                }
              : {
                  label: say.pause,
                  icon: <Pause size={20} aria-hidden />,
                  onChoose: () => void attempt(t, () => nodes.pause(node.transportKey)),
                },
            {
              label: say.remove,
              icon: <Trash2 size={20} aria-hidden />,
              isDangerous: true,
              onChoose: () => void remove(),
            },
          ]}
        />
      }
    >
      {stateOf(node)}
    </Row>
  )
}

/** A node comes as a link; it is looked at before anything is connected. */
const AddNode = () => {
  const say = useMessages().sync.nodes
  const look = async (text: string): Promise<boolean | string> => {
    const found = /#\/node\/([\w-]+)/.exec(text)?.[1] ?? text
    try {
      readNodeLink(found)
    } catch {
      return say.wrong
    }
    go(path.node(found))
    return true
  }
  return (
    <AddressForm
      label={say.address}
      hint={say.addressHint}
      icon={<Server size={20} aria-hidden />}
      action={say.look}
      onEnter={look}
    />
  )
}

/** When to let go between two looks at what is new, and why just now. */
const Saving = () => {
  const t = useMessages()
  const say = t.sync.connections.saving
  const node = useNode()
  const { saving, shortages } = useNodes()
  return (
    <>
      <Choices
        label={say.label}
        value={saving}
        options={(['auto', 'always', 'never'] as const).map((value) => ({ value, label: say.choices[value] }))}
        onChange={(value) => void attempt(t, () => node.sync.nodes.setSaving(value))}
      />
      <p className={css.text}>{say.text}</p>
      {shortages.length > 0 && <p role="status">{say.now(shortages.map((shortage) => say.shortages[shortage]))}</p>}
    </>
  )
}

const When = () => {
  const t = useMessages()
  const say = t.sync.connections
  const node = useNode()
  const { connecting, nodes } = useNodes()
  const { on } = useRelays()
  return (
    <section className={css.card} aria-labelledby="connections">
      <h2 id="connections">{say.title}</h2>
      <p className={css.text}>{say.text}</p>
      <Switch
        label={say.asked}
        hint={say.askedText}
        checked={connecting === 'asked'}
        onChange={(event) =>
          void attempt(t, () => node.sync.nodes.setConnecting(event.target.checked ? 'asked' : 'always'))
        }
      />
      <Saving />
      <div className={css.actions}>
        {nodes.length + on.length > 0 && (
          <Button
            icon={<RotateCw size={20} aria-hidden />}
            onClick={() => void attempt(t, () => node.sync.nodes.connectNow())}
          >
            {t.sync.connectNow}
          </Button>
        )}
        <ButtonLink href={path.meet()} icon={<QrCode size={20} aria-hidden />}>
          {t.sync.meet}
        </ButtonLink>
      </div>
    </section>
  )
}

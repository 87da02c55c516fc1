import { Server } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useParams } from 'wouter'
import { type NodeLink, readNodeLink } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'
import { Button, ButtonLink } from '../../components/button.tsx'
import { BadLink } from '../../components/bad-link.tsx'
import { Screen } from '../../components/screen.tsx'
import { hostOf } from '../../data/host-of.ts'
import { useSync } from '../../data/use-sync.tsx'
import { useMessages } from '../../messages/messages.tsx'
import { path, useGo } from '../../paths.ts'
import { toast } from '../../state/toasts.ts'
import { codeOf, succeeds } from '../../state/trouble.ts'
import css from '../share/share.module.css'

const read = (text: string): { readonly link: NodeLink } | { readonly refused: string } => {
  try {
    return { link: readNodeLink(text) }
  } catch (error) {
    return { refused: codeOf(error) }
  }
}

/** Where a node's link leads: whose address it is, what it would see, and the one button. */
export const NodeScreen = () => {
  const { link: text = '' } = useParams()
  const found = useMemo(() => read(text), [text])
  if ('link' in found) return <Offer link={found.link} />
  return <BadLink code={found.refused} />
}

const Offer = ({ link }: { readonly link: NodeLink }) => {
  const t = useMessages()
  const go = useGo()
  const say = t.sync.nodes
  const node = useNode()
  const { nodes } = useSync()
  const [isBusy, setIsBusy] = useState(false)
  const host = hostOf(link.address)
  const isKnown = nodes.some(
    ({ transportKey, address }) => transportKey === link.transportKey && address === link.address,
  )
  const add = async (): Promise<void> => {
    setIsBusy(true)
    const isAdded = await succeeds(t, () => node.sync.nodes.add(link))
    setIsBusy(false)
    if (!isAdded) return
    toast(say.added(host))
    go(path.settings('connections'), { replace: true })
  }
  return (
    <Screen title={say.pageTitle} back={path.settings('connections')} width="narrow">
      <section className={css.card} aria-label={host}>
        <p className={css.name} dir="ltr">
          {host}
        </p>
        <p className={css.key} dir="ltr" translate="no">
          {link.address}
        </p>
        <p>{say.text}</p>
        <p>{say.sees}</p>
        <p className={css.quiet}>
          {say.key}
          {': '}
          <bdi className={css.key} translate="no">
            {link.transportKey}
          </bdi>
        </p>
      </section>
      <div className={css.actions}>
        {isKnown ? (
          <>
            <p role="status">{say.known}</p>
            <ButtonLink href={path.settings('connections')}>{t.sync.manage}</ButtonLink>
          </>
        ) : (
          <Button
            tone="primary"
            isLarge
            disabled={isBusy}
            icon={<Server size={20} aria-hidden />}
            onClick={() => void add()}
          >
            {say.add(host)}
          </Button>
        )}
      </div>
    </Screen>
  )
}

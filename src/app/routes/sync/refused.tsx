import { RotateCw, ShieldAlert } from 'lucide-react'
import { useNode, useOutbox } from '../../../sdk/react/index.ts'
import { Button } from '../../components/button.tsx'
import { Row } from '../../components/rows.tsx'
import { Heading } from '../../components/screen.tsx'
import { Tile } from '../../components/tile.tsx'
import { hostOf } from '../../data/host-of.ts'
import { useMessages } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'
import { attempt } from '../../state/trouble.ts'
import css from './sync.module.css'

const shown = 12

/** What nodes did not take, in their own words, and the way to try again. Nothing where nothing was refused. */
export const Refused = () => {
  const t = useMessages()
  const say = t.sync.refused
  const node = useNode()
  const nodes = useOutbox().nodes.filter(({ refused }) => refused.length > 0)
  if (nodes.length === 0) return null
  return (
    <section aria-labelledby="refused">
      <Heading id="refused">{say.title}</Heading>
      {nodes.map(({ target, url, refused }) => (
        <div key={target}>
          <ul>
            {refused.slice(0, shown).map(({ id, documentId, said }) => (
              <Row
                key={id}
                {...(documentId === undefined ? {} : { href: path.thing(documentId) })}
                picture={
                  <Tile>
                    <ShieldAlert size={24} aria-hidden />
                  </Tile>
                }
                title={t.sync.node(hostOf(url))}
              >
                {`“${said}”`}
              </Row>
            ))}
          </ul>
          {refused.length > shown && <p className={css.more}>{t.sync.andMore(refused.length - shown, false)}</p>}
          <Button
            icon={<RotateCw size={20} aria-hidden />}
            onClick={() => void attempt(t, () => node.sync.retryRefused(target))}
          >
            {say.again}
          </Button>
        </div>
      ))}
    </section>
  )
}

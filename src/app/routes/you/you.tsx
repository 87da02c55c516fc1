import { ChevronRight, Copy, RefreshCw, Settings, SquareTerminal } from 'lucide-react'
import { useNode } from '../../../sdk/react/index.ts'
import { Button } from '../../components/button.tsx'
import { Row } from '../../components/rows.tsx'
import { Screen } from '../../components/screen.tsx'
import { useMessages } from '../../messages/messages.tsx'
import { Panda } from '../../panda/panda.tsx'
import { path } from '../../paths.ts'
import { toast } from '../../state/toasts.ts'
import css from './you.module.css'

/** You: the face of your key, the key itself, and the ways to settings and machinery. */
export const You = () => {
  const t = useMessages()
  const say = t.you.you
  const { publicKey } = useNode()
  const groups = publicKey.match(/.{1,8}/g)?.join(' ') ?? publicKey
  const next = <ChevronRight className="directional" size={20} aria-hidden />
  return (
    <Screen title={say.title} back={path.home()} width="narrow">
      <div className={css.you}>
        <Panda publicKey={publicKey} size={148} />
        <p className={css.text}>{say.text}</p>
      </div>
      <section className={css.key} aria-label={say.key}>
        <h2>{say.key}</h2>
        <p className={css.code} dir="ltr" translate="no">
          {groups}
        </p>
        <p className={css.keyText}>{say.keyText}</p>
        <div>
          <Button
            icon={<Copy size={18} aria-hidden />}
            onClick={() => {
              void navigator.clipboard.writeText(publicKey)
              toast(say.copied)
            }}
          >
            {say.copy}
          </Button>
        </div>
      </section>
      <ul>
        <Row href={path.sync()} picture={<RefreshCw size={24} aria-hidden />} title={say.sync} edge={next}>
          {say.syncText}
        </Row>
        <Row href={path.settings()} picture={<Settings size={24} aria-hidden />} title={say.settings} edge={next}>
          {say.settingsText}
        </Row>
        <Row href={path.hood()} picture={<SquareTerminal size={24} aria-hidden />} title={t.shell.hood} edge={next}>
          {say.hoodText}
        </Row>
      </ul>
    </Screen>
  )
}

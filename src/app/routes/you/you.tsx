import { ChevronRight, Copy, RefreshCw, Settings, SquareTerminal } from 'lucide-react'
import { useDevices, useNode, usePerson } from '../../../sdk/react/index.ts'
import { Button, ButtonLink } from '../../components/button.tsx'
import { Row } from '../../components/rows.tsx'
import { Screen } from '../../components/screen.tsx'
import { useMessages } from '../../messages/messages.tsx'
import { usePersonWords } from '../../messages/person.ts'
import { OwnPanda } from '../../panda/own-panda.tsx'
import { path } from '../../paths.ts'
import { toast } from '../../state/toasts.ts'
import { Devices } from './devices.tsx'
import { Identities } from './identities.tsx'
import { InGroups } from './in-groups.tsx'
import { OwnName } from './own-name.tsx'
import { SixWords } from './six-words.tsx'
import { WordsCard } from './words-card.tsx'
import css from './you.module.css'

/** You: the panda and name of the person, how others make sure of them, their devices; and the ways to settings and machinery. */
export const You = () => {
  const t = useMessages()
  const { status, person } = usePerson()
  const { nobody } = usePersonWords()
  const { devices } = useDevices()
  return (
    <Screen title={t.you.you.title} back={path.home()} width="narrow">
      <div className={css.you}>
        <OwnPanda size={132} />
        {person !== undefined && <OwnName person={person} />}
        {person === undefined && status !== 'loading' && (
          <>
            <p className={css.text}>{nobody}</p>
            <ButtonLink tone="plain" href={path.link()}>
              {t.start.welcome.device}
            </ButtonLink>
            <ButtonLink tone="plain" href={path.recover()}>
              {t.start.welcome.words}
            </ButtonLink>
          </>
        )}
      </div>
      {person !== undefined && (
        <>
          <InGroups person={person.id} />
          <SixWords person={person.id} />
          <WordsCard hasWords={person.hasWords} hasOthers={devices.some(({ isOwn, isPaper }) => !isOwn && !isPaper)} />
          <Devices />
        </>
      )}
      <OwnKey />
      <Identities />
      <Ways />
    </Screen>
  )
}

const OwnKey = () => {
  const say = useMessages().you.you
  const { publicKey } = useNode()
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(publicKey)
    toast(say.copied)
  }
  return (
    <section className={css.card} aria-label={say.key}>
      <h2>{say.key}</h2>
      <p className={css.code} dir="ltr" translate="no">
        {publicKey.match(/.{1,8}/g)?.join(' ')}
      </p>
      <p className={css.note}>{say.keyText}</p>
      <div>
        <Button icon={<Copy size={18} aria-hidden />} onClick={() => void copy()}>
          {say.copy}
        </Button>
      </div>
    </section>
  )
}

const Ways = () => {
  const t = useMessages()
  const say = t.you.you
  const next = <ChevronRight className="directional" size={20} aria-hidden />
  return (
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
  )
}

import type { ComponentType } from 'react'
import { useParams } from 'wouter'
import { Screen } from '../../components/screen.tsx'
import { useMessages } from '../../messages/messages.tsx'
import { path, type SettingsSection, settingsSections } from '../../paths.ts'
import { About } from './about.tsx'
import { Connections } from './connections.tsx'
import { Files } from './files.tsx'
import { LanguageSettings } from './language.tsx'
import { LookSettings } from './look.tsx'
import css from './settings.module.css'
import { StorageSettings } from './storage.tsx'

const screens: Readonly<Record<SettingsSection, ComponentType>> = {
  look: LookSettings,
  language: LanguageSettings,
  connections: Connections,
  storage: StorageSettings,
  files: Files,
  about: About,
}

/** Settings of this browser; each section has its own address. */
export const Settings = () => {
  const t = useMessages()
  const say = t.you.settings
  const { section } = useParams()
  const here = settingsSections.find((candidate) => candidate === section) ?? 'look'
  const Section = screens[here]
  return (
    <Screen title={say.title} back={path.you()} width="narrow">
      <nav className={css.sections} aria-label={say.title}>
        {settingsSections.map((name) => (
          <a
            key={name}
            className={css.section}
            href={path.settings(name)}
            aria-current={name === here ? 'page' : undefined}
          >
            {say.sections[name]}
          </a>
        ))}
      </nav>
      <div className={css.group}>
        <Section />
      </div>
    </Screen>
  )
}

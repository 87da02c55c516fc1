import { Choices } from '../../components/field.tsx'
import { type Language, languages, useMessages } from '../../messages/messages.tsx'
import { useSettings } from '../../state/settings.ts'
import css from './settings.module.css'

export const LanguageSettings = () => {
  const say = useMessages().you.settings.language
  const { language, set } = useSettings()
  const names = Object.entries(languages) as readonly [Language, { readonly name: string }][]
  return (
    <>
      <Choices
        label={say.label}
        value={language}
        options={[
          { value: 'system', label: say.system },
          ...names.map(([value, { name }]) => ({ value, label: <span lang={value}>{name}</span> })),
        ]}
        onChange={(next) => set({ language: next })}
      />
      <p className={css.text}>{say.text}</p>
    </>
  )
}

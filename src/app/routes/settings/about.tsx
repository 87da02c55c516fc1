import { FireMark } from '../../fire/fire-mark.tsx'
import { ButtonLink } from '../../components/button.tsx'
import { useMessages } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'
import { version } from '../../version.ts'
import css from './settings.module.css'

export const About = () => {
  const t = useMessages()
  const say = t.you.settings.about
  return (
    <section className={css.card}>
      <p className={css.brand}>
        <FireMark size={40} />
        {say.version(version)}
      </p>
      <p>{say.text}</p>
      <p className={css.text}>{say.name}</p>
      <p className={css.text}>{say.licence}</p>
      <div className={css.actions}>
        <ButtonLink href={path.hood()}>{say.source}</ButtonLink>
      </div>
    </section>
  )
}

import { useMessages } from '../messages/messages.tsx'
import { path } from '../paths.ts'
import { ButtonLink } from './button.tsx'
import { Empty, Screen } from './screen.tsx'

/** Where a link leads that cannot be used. @param code why: of what reads links */
export const BadLink = ({ code }: { readonly code: string }) => {
  const t = useMessages()
  const say = t.sync.join
  const isNewer = code === 'link/version-unsupported'
  const title = isNewer ? say.newer : say.broken
  return (
    <Screen title={title} width="narrow">
      <Empty title={title} action={<ButtonLink href={path.home()}>{t.shell.notFound.home}</ButtonLink>}>
        {isNewer ? say.newerText : say.brokenText}
      </Empty>
    </Screen>
  )
}

import { useIdentityWords } from '../messages/identities.ts'
import { OtherLines } from './identity-list.tsx'

/** Where one's own node does not open: who else one may be here. */
export const OtherIdentities = () => (
  <section aria-label={useIdentityWords().title}>
    <ul>
      <OtherLines place="/" />
    </ul>
  </section>
)

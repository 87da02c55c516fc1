import { Screen } from '../../components/screen.tsx'

/** Being built. */
export const Changes = () => (
  <Screen title="Changes">
    <p />
  </Screen>
)

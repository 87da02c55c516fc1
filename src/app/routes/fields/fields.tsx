import { Screen } from '../../components/screen.tsx'

/** Being built. */
export const Fields = () => (
  <Screen title="Fields">
    <p />
  </Screen>
)

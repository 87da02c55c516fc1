import { Screen } from '../../components/screen.tsx'

/** Being built. */
export const Collections = () => (
  <Screen title="Collections">
    <p />
  </Screen>
)

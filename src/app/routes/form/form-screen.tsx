import { Screen } from '../../components/screen.tsx'

/** Being built. */
export const FormScreen = () => (
  <Screen title="Add">
    <p />
  </Screen>
)

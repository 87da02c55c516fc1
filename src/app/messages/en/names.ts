import type { Format } from '../format.ts'

/** What people call themselves in their groups, and their devices. */
export const names = (format: Format) => ({
  claim: {
    label: 'What you call yourself',
    hint: 'Everybody in the group sees it. May stay empty.',
    save: 'Say it',
    saved: 'Said.',
    unchecked: 'Nobody checked the name. Compare the six words, and give them a name of your own.',
    notYours: (name: string) => `Not your “${name}”`,
    notYoursText: (name: string) =>
      `This is somebody else than the one you call “${name}”. Whoever wants to be sure compares the six words.`,
  },
  device: {
    label: 'What you call it',
    hint: 'Stays on this device. Nobody else sees it.',
    save: 'Save',
    saved: 'Saved.',
  },
  everywhere: {
    title: 'In your groups',
    called: (name: string, groups: readonly string[]) => `“${name}” in ${format.list(groups)}`,
    nothing: (groups: readonly string[]) => `No name yet in ${format.list(groups)}`,
    change: 'Change it everywhere',
    hint: (groups: readonly string[]) => `Everybody sees it in ${format.list(groups)}. Empty: no name there.`,
    saved: (groups: number) => format.plural(groups, { one: 'Said in one group.', other: 'Said in {n} groups.' }),
  },
})

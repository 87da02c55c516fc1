/** Lists of a group: where they stand, and what one may do in them. */
export const lists = () => ({
  new: 'New list',
  none: 'No lists yet.',
  noneText: 'Everybody in the group sees its lists, and adds to them as their role allows.',
  newText: 'Everybody in the group gets it. It is not encrypted yet.',
  onlyKeepers: 'Only keepers make and rebuild lists here.',
  /** Why one may not do all of it. */
  may: {
    look: 'Your role lets you look, not add or change.',
    add: 'Your role lets you add, not change what is there.',
    change: 'Your role lets you add and change, not remove.',
    stranger: 'You are not in this group. What you write here would not count.',
    banned: 'You are not in this group any more. What you write here would not count.',
    other: 'What this device writes here does not count. Group care says why.',
  },
  notHere: 'A group that is not here',
  copy: {
    title: (name: string) => `Copy “${name}” to a group`,
    text: 'Its things are made anew there, as they are now. Links, pictures and files are left out. What you have here stays as it is.',
    none: 'You are keeper of no group yet. Only keepers make lists.',
    done: (things: string, group: string) => `Copied to “${group}”: ${things}.`,
  },
  withLists: 'With lists to begin with',
})

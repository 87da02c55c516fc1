import type { Format } from '../format.ts'

/** Welcome and home. */
export const start = (format: Format) => ({
  welcome: {
    title: 'Keep things close, signal or not',
    text: 'Lists, photos and notes that live on this device. No account, nothing sent anywhere.',
    list: 'Start a list',
    import: 'Import a file',
    words: 'I have recovery words',
    device: 'I have Takibi on another device',
    pick: 'What would you like to keep?',
    pickText: 'Pick something close. Every field can change later.',
    back: 'Back',
  },
  home: {
    title: 'Home',
    greeting: (hour: number): string => {
      if (hour < 5) return 'Good night'
      if (hour < 11) return 'Morning'
      if (hour < 18) return 'Good day'
      return 'Evening'
    },
    summary: (collections: number, today: number) =>
      collections === 0
        ? 'Nothing to keep yet.'
        : today === 0
          ? `${format.plural(collections, { one: 'One collection', other: '{n} collections' })}, all on this device.`
          : `${format.plural(today, { one: 'One thing', other: '{n} things' })} changed today, all on this device.`,
    last: 'Last touched:',
    kept: (count: number) => format.plural(count, { one: 'kept here', other: 'kept here' }),
    collections: 'Your collections',
    lately: 'Changed lately',
    seeAll: 'See all changes',
    nothingYet: 'Nothing in it yet',
    notReadable: 'Its fields are not on this device',
    onlyHere: {
      title: 'Only this browser holds this',
      text: 'If its data is cleared, everything here is gone. A file is a second copy.',
      since: (count: number, when: string) =>
        `${format.plural(count, { one: 'One thing changed', other: '{n} things changed' })} since your copy of ${when}.`,
      action: 'Export a copy',
      short: 'Only here',
    },
    install: {
      title: 'Put Takibi on your home screen',
      text: 'It then opens like any app, also with no signal.',
      action: 'Install',
      ios: 'In Safari: tap Share, then “Add to Home Screen”.',
    },
    persist: {
      title: 'Let the browser keep your things',
      text: 'Browsers may clear pages that are seldom opened. With this switched on, it is far less likely.',
      action: 'Keep my things',
      yes: 'The browser will keep your things.',
      no: 'The browser said not yet. It often agrees once Takibi is installed or used more.',
    },
    words: {
      title: 'Write down your recovery words',
      text: 'Twelve words on paper stand above all your devices, also when this one is lost.',
      write: 'Write them down',
    },
    notNow: 'Not now',
  },
})

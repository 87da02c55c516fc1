import type { Format } from '../format.ts'

/** You, settings, changes, removed. */
export const you = (format: Format) => ({
  you: {
    title: 'You',
    key: 'Public key of this device',
    keyText: 'Everybody may know it. Its other half never leaves this browser.',
    copy: 'Copy',
    copied: 'Copied',
    settings: 'Settings',
    settingsText: 'Look, language, connections, storage, files',
    sync: 'Sync',
    syncText: 'Who has what, sharing, meeting by code',
    hoodText: 'Logs, entries and operations as they are stored',
  },
  settings: {
    title: 'Settings',
    sections: {
      look: 'Look',
      language: 'Language',
      connections: 'Connections',
      storage: 'Storage',
      files: 'Files',
      about: 'About',
    },
    look: {
      label: 'Look',
      system: 'As the system',
      morning: 'Morning',
      night: 'Night',
      paper: 'Paper',
      paperText: 'Paper is for e-ink and strong contrast: no colour, no motion.',
      textSize: 'Text size',
      sizes: ['Small', 'Normal', 'Large', 'Larger'],
      sample: 'The fire is lit. Tea is on the left, the good log is for sitting.',
      keys: 'Single keys',
      keysText: 'g h for home, n for new, / for search. The ? key shows all.',
    },
    language: { label: 'Language', system: 'As the browser', text: 'Collections keep the words they were made with.' },
    storage: {
      used: (used: string, quota: string) => `${used} used of about ${quota}`,
      usedOnly: (used: string) => `${used} used`,
      unknown: 'This browser does not say how much it stores.',
      bar: 'Storage used',
      persisted: 'The browser keeps your things until you clear them yourself.',
      notPersisted: 'The browser may clear your things when space gets short.',
      keep: 'Keep my things',
      check: 'Check everything',
      checkText: 'Reads every row and checks signatures, hashes and links.',
      checking: (documents: number) =>
        format.plural(documents, { one: 'Checked one…', other: 'Checked {n}…', zero: 'Checking…' }),
      fine: (documents: number, entries: number) =>
        `All fine: ${format.plural(documents, { one: 'one document', other: '{n} documents' })}, ${format.plural(entries, { one: 'one entry', other: '{n} entries' })}.`,
      damaged: (count: number) =>
        format.plural(count, {
          one: 'One row is damaged. The rest works. Import a copy to mend it.',
          other: '{n} rows are damaged. The rest works. Import a copy to mend them.',
        }),
      row: (table: string, key: string) => `${table}: ${key}`,
      room: 'What takes the room',
    },
    files: {
      export: 'Export',
      exportText:
        'A .takibi file holds every entry with its signature. Any Takibi can read it, and anybody who gets it.',
      everything: 'Everything',
      what: 'What to export',
      save: 'Save file',
      saving: (size: string) => `${size} so far…`,
      saved: (name: string, size: string) => `Saved ${name}, ${size}.`,
      leadsOut: (count: number) =>
        format.plural(count, {
          one: 'One link leads to a thing that is not in the file.',
          other: '{n} links lead to things that are not in the file.',
        }),
      import: 'Import',
      importText: 'Good entries are taken in, bad ones are listed with their reason.',
      choose: 'Choose a file',
      reading: (entries: number, size: string) =>
        `${format.plural(entries, { one: 'One entry', other: '{n} entries' })}, ${size}`,
      stop: 'Stop',
      report: {
        title: 'What came in',
        stored: (count: number) =>
          format.plural(count, {
            one: 'One entry is new here.',
            other: '{n} entries are new here.',
            zero: 'No entry was new here.',
          }),
        duplicates: (count: number) =>
          format.plural(count, { one: 'One was already here.', other: '{n} were already here.' }),
        pending: (count: number) =>
          format.plural(count, {
            one: 'One waits for something it builds on.',
            other: '{n} wait for something they build on.',
          }),
        rejected: (count: number) =>
          format.plural(count, { one: 'One is bad and was left out:', other: '{n} are bad and were left out:' }),
        forks: (count: number) =>
          format.plural(count, {
            one: 'One log says two things at one place. Under the hood shows both.',
            other: '{n} logs say two things at one place. Under the hood shows both.',
          }),
        cancelled: 'Stopped, as asked. What came in before stays.',
        item: (index: number) => `Item ${format.number(index)}`,
        andMore: (count: number) => `and ${format.number(count)} more`,
        look: 'Look at it',
      },
    },
    about: {
      version: (version: string) => `Takibi ${version}`,
      text: 'Takibi keeps lists, photos and notes as signed p2panda entries in your browser. No account, no server, no tracking.',
      name: 'Takibi is Japanese for an open fire that people sit around.',
      licence: 'Free software under the MIT licence.',
      source: 'How it works inside',
    },
  },
  changes: {
    title: 'Changes',
    quiet: 'Quiet. Nothing changed yet.',
    more: 'Show earlier ones',
    what: (isNew: boolean, collection: string) => (isNew ? `New in ${collection}` : `Changed in ${collection}`),
    untitled: (one: string) => `Unnamed ${one}`,
    localTime: 'Times tell when this device stored it.',
  },
  removed: {
    title: 'Removed',
    text: 'Bring it back makes a new one with the same words and pictures. Its history starts anew.',
    empty: 'Nothing was removed.',
    collections: 'Collections',
    bringBack: 'Bring it back',
    back: (name: string) => `“${name}” is back`,
    when: (when: string) => `Removed ${when}`,
    removed: (name: string) => `Removed “${name}”`,
  },
})

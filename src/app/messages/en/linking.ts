/** Linking a device with another of the same person. */
export const linking = () => ({
  title: 'Link a device',
  newDevice: {
    subtitle: 'This device becomes one of yours',
    text: 'On the device that you have already, open “You” and tap “Link a device”. Then hold the two face to face, or send the codes to yourself.',
    privacy: 'Whoever sees this code can try to become one of your devices. Show it to your own devices only.',
  },
  known: {
    subtitle: 'Another device becomes one of yours',
    text: 'On the new device, open Takibi and tap “I have Takibi on another device”. Then hold the two face to face, or send the codes to yourself.',
    privacy: 'A linked device is you: it reads and writes all that you can. Link only what is your own.',
  },
  kept: {
    title: 'First, your recovery words',
    text: 'Twelve words stand above all your devices. Write them down before there is a second one: they bring you back when every device is lost.',
    write: 'Write them down',
    without: 'Link without words',
    withoutText:
      'The words are forgotten then, and the new device becomes the equal of this one. Lose both, and nothing brings you back.',
  },
  proving: 'Connected. The two devices prove themselves to each other.',
  words: {
    title: 'Are these the same four words?',
    text: 'Look at both screens. Somebody between the two devices would make them differ.',
    list: 'The four words of this connection, in order',
    onKnown: 'If they are the same, say so on the device that you have already.',
    mayLetIn: 'The new device may add and remove devices',
    same: 'They are the same',
    differ: 'They differ',
  },
  confirmed: 'Waiting for the new device to be let in.',
  linked: {
    onNew: 'This device is one of yours now.',
    onNewText: 'Your groups and what is in them come over as long as both devices have Takibi open.',
    onKnown: 'The new device is one of yours now.',
    onKnownText: 'Keep Takibi open on both until everything has come over.',
    devices: 'See your devices',
    groups: 'See your groups',
  },
  failed: 'Nothing was linked.',
  again: 'Start again',
  failures: {
    'linking/for-meeting': 'This is no code of a new device. On the new one, tap “I have Takibi on another device”.',
    'meeting/for-linking':
      'The other device shows that it is new, too. On the one that you have already, open “You” and tap “Link a device”.',
    'person/exists':
      'This device belongs to somebody already. A new identity of this browser, or another browser, can be linked.',
    'person/not-allowed': 'This device may not add others. Use the one you began with, or one that may.',
    'person/none': 'Nobody is here yet. Keep something first: then this device is yours, and others can be linked.',
    'linking/interference':
      'Something did not fit, and somebody may be in between. Nothing was linked. Begin again, and see that nobody else sees the code.',
    'linking/late': 'It took too long. Begin again with a new code.',
    'linking/cut-off': 'The connection broke off. Begin again with a new code.',
    'linking/declined': 'It was stopped on one of the two devices.',
  } as Readonly<Record<string, string>>,
})

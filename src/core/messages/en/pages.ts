/** What stands around the content of the pages. */
export const pages = {
  skip: 'Skip to the content',
  whereYouAre: 'Where you are',
  signIn: 'Sign in',
  exercise: 'Exercise',

  problems: 'Problems',
  whatProblemsMean: 'What problems mean',
  allOfThem: 'All of them',
  status: 'Status',
  whatThisMeans: 'What this means',
  requestNumber: 'Request',
  howToGetIn: 'How to get in',
  waysIn:
    'You sign in with a key, or with your organisation. The admin of your country gives keys to the agencies of your country; a key acts for one agency. Programs send it in this header:',

  signedIn: 'Signed in',
  signedInAs: 'Signed in:',
  signOut: 'Sign out',
  sessionEnded: 'Your session has ended. Sign in again.',
  youActFor: 'You act for',
  signedInUntil: 'You are signed in at the latest until',
  goOn: 'Go on',
  key: 'Key',
  withOrganisation: 'Sign in with your organisation',
  orWithKey: 'Or with a key:',
  keyIsNotKept:
    'The browser does not keep the key. You are signed in until you sign out, close the browser, or the session ends. The admin of your country gives keys to the agencies of your country; a key acts for one agency.',
};

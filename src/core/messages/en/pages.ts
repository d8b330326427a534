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
    'The browser asks for a name and a password: any name, and your key as the password. The admin of your country gives keys to the agencies of your country; a key acts for one agency. Programs send it in this header:',
};

import type { BrowserContext, Page } from 'playwright-core';

export interface SystemNotice {
  title: string;
  body: string;
  state: 'raised' | 'shown' | 'closed';
}

// a text, because what compiles tests adds names to functions that a page does not know
const TAP = `
  window.notices = [];
  window.Notification = class extends Notification {
    constructor(title, options) {
      super(title, options);
      const told = { title, body: options.body, state: 'raised' };
      window.notices.push(told);
      this.addEventListener('show', () => { told.state = 'shown'; });
      this.addEventListener('close', () => { told.state = 'closed'; });
    }
  };
`;

/** Allows notices of the system, which are really raised, and keeps what the system says of each. */
export async function allowNotices(context: BrowserContext, origin: string): Promise<void> {
  await context.grantPermissions(['notifications'], { origin });
  await context.addInitScript(TAP);
}

export const noticesOf = (page: Page): Promise<SystemNotice[]> =>
  page.evaluate(() => (window as unknown as { notices: SystemNotice[] }).notices);

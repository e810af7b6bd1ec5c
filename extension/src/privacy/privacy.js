/** The privacy page: what leaves this browser, what does not, what is kept, which rights are asked for. */

import { dressPage } from "../shared/page.js";

const { words } = await dressPage();
document.title = words("privacy_title");

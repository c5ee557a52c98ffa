/* 自己填表 */

import { PetitionForm } from "../form/form.js";

PetitionForm.start("#petition-form");

import { Manifest } from "deno-slack-sdk/mod.ts";

export default Manifest({
  name: "Time off",
});

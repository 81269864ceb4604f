import { expect, it } from "vitest";
import { described, type File } from "./images";

const file: File = { name: "httpd", kind: "file", mode: 0o755, uid: 0, gid: 0, size: 2048, target: "" };

it("says of two files in what they differ, also where their sizes do not tell it", () => {
  expect(described(file, null)).toBe("2 KiB");
  expect(described(file, { ...file, size: 1024 })).toBe("2 KiB");
  expect(described(file, file)).toBe("2 KiB, other content");
  expect(described({ ...file, mode: 0o4755 }, file)).toBe("2 KiB, mode 4755");
  expect(described(file, { ...file, uid: 1000, gid: 1000 })).toBe("2 KiB, owner 0:0");
  expect(described({ ...file, kind: "symlink", target: "/bin/sh" }, file)).toBe("2 KiB, symlink → /bin/sh");
});

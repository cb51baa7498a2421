// What the pages of presence.test.js keep for the scripts that are run in them.
declare var room: any;
declare var other: () => any;
declare var seen: any;
declare var got: any;

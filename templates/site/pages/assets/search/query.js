/*
 * What a query means: the strings that stand for each of its words, in the texts that are searched. ES5.
 * A word that stands somewhere is taken as it stands, with its other names. One that stands nowhere is read in other
 * ways, one after another, until one of them gives something; the last are its pairs of characters.
 */
(function (scope) {
  "use strict";

  var folded = scope.planbookSearch.text.folded;

  var LONGEST_QUERY = 300, MOST_WORDS = 12, MOST_VARIANTS = 24, LONGEST_PIECED = 40;
  var SHORTEST_NEAR = 4, LETTERS_ANYWHERE = 4, MOST_MEANT = 4;
  var BETWEEN_WORDS = /[,;:?!\/+|&_=*#"'()<>《》、。…·`^@\\]+/;
  var HAN = "[\u3400-\u9fff]", IS_HAN = new RegExp(HAN), OF_ONE_RUN = /[0-9a-z.%]/, UNIT = /[局委办厅]$/, OPENING = /^[区市县省各]/;
  var PARTY = 0, TITLE = 2; // names of units and groups come first, then words for them
  var DIGITS = "零一二三四五六七八九";

  var texts = [], answered = null;
  var synonyms = []; // [[folded word, [folded words]]], longest first
  var names = []; // [[folded name, for each character the letters that it may begin with, what is named]]
  var parties = {}; // folded names of units and groups
  var alike = {}; // folded name → all names of the same unit or season
  var labels = []; // [[how the numbers of a plan's tasks begin, how many digits follow]]

  /* `searched` are the folded texts; `answers` tells whether something has all of some groups, together or anywhere. */
  function setUp(config, searched, answers) {
    texts = searched;
    answered = answers;
    names = (config.names || []).map(function (name) { return [folded(name[0]), name[1].split(" "), name[2]]; });
    synonyms = (config.synonyms || []).map(function (entry) { return [folded(entry[0]), entry[1].map(folded)]; });
    synonyms.sort(function (one, other) { return other[0].length - one[0].length; });
    labels = (config.labels || []).map(function (label) { return [folded(label[0]), label[1]]; });
    alike = {};
    parties = {};
    names.forEach(function (name) { if (name[2] === PARTY) parties[name[0]] = true; });
    (config.alike || []).map(function (list) { return unique(list.map(folded)); }).forEach(function (list) {
      list.forEach(function (name) { alike[name] = (has(alike, name) ? alike[name] : []).concat(list); });
    });
  }

  function has(table, key) {
    return Object.prototype.hasOwnProperty.call(table, key);
  }

  function unique(list) {
    return list.filter(function (item, at) { return item && list.indexOf(item) === at; });
  }

  function stands(word) {
    return texts.some(function (text) { return text.indexOf(word) >= 0; });
  }

  /* ---- other ways to say the same ---- */

  /* A word that already says it so is left alone, else 镇 → 镇(街道) would never end. */
  function replacements(word, said, written) {
    return written.filter(function (to) {
      return to.indexOf(said) < 0 || word.indexOf(to) < 0;
    }).map(function (to) { return word.split(said).join(to); });
  }

  /* 城区环保局 → 区环保局 → 区生态环境分局: other ways to say it, as synonyms.yml and units.yml give them. */
  function reworded(word) {
    var found = [word];
    for (var at = 0; at < found.length && found.length < MOST_VARIANTS; at++) {
      for (var entry = 0; entry < synonyms.length; entry++) {
        if (found[at].indexOf(synonyms[entry][0]) < 0) continue;
        found = found.concat(replacements(found[at], synonyms[entry][0], synonyms[entry][1]));
        break; // the longest that fits; a shorter one inside it would say something else
      }
      found = unique(found);
    }
    return found.slice(0, MOST_VARIANTS);
  }

  /* 行动9, 方案-9, 第14条 → 行动-09, 方案-09, 方案-14: the numbers of tasks, which nothing else bears. */
  function labelled(word) {
    var named = /^(.*?)[-.]?0*([1-9]\d*)$/.exec(word), any = /^第0*([1-9]\d*)[条项]$/.exec(word);
    return labels.filter(function (label) {
      return any || (named && named[1] && label[0].replace(/-$/, "") === named[1]);
    }).map(function (label) {
      var number = any ? any[1] : named[2];
      while (number.length < label[1]) number = "0" + number;
      return label[0] + number;
    }).filter(stands);
  }

  /* 十二月底 → 12月底, 百分之三十 → 30%, 2024.5.9 → 2024年5月9日, 5月至9月 → 5-9月: figures as plans write them. */
  function figures(word) {
    return unique([
      word.replace(/百分之([零〇一二三四五六七八九十百]+|[\d.]+)/g, "$1%").replace(/[零〇一二三四五六七八九十百]+/g, arabic),
      word.replace(/(\d{4})[.\/-]0?(\d{1,2})(?:[.\/-]0?(\d{1,2}))?/g, function (all, year, month, day) {
        return year + "年" + month + "月" + (day ? day + "日" : "");
      }),
      word.replace(/(\d+)(年|月|日)?[至到-](\d+)(年|月|日)/g, "$1-$3$4")
    ]).filter(function (found) { return found !== word; });
  }

  function arabic(written) {
    var figures = written.replace(/〇/g, "零");
    if (!/[十百]/.test(figures)) return figures.replace(/./g, function (char) { return DIGITS.indexOf(char); });
    var sum = 0, digit = 0;
    figures.split("").forEach(function (char) {
      var worth = char === "十" ? 10 : char === "百" ? 100 : 0;
      if (worth) sum += (digit || 1) * worth;
      digit = worth ? 0 : DIGITS.indexOf(char);
    });
    return String(sum + digit);
  }

  function ways(word) {
    var number = labelled(word);
    if (number.length) return number;
    var names = (has(alike, word) ? alike[word] : []).filter(function (name) { return name.indexOf(word) < 0; });
    return unique(reworded(word).concat(names, figures(word))).filter(stands);
  }

  /* ---- other ways to read what stands nowhere ---- */

  /* zjj → 住建局: parts of the units' names whose initials are these letters, else of words for them, else of titles. */
  function spelled(word) {
    if (!/^[a-z][a-z0-9]+$/.test(word)) return [];
    var found = [[], [], []];
    names.forEach(function (name) {
      var last = name[1].length - word.length;
      if (name[2] === TITLE && word.length < LETTERS_ANYWHERE) last = Math.min(0, word.length - 3); // its opening
      for (var at = 0; at <= last; at++) {
        if (begins(name[1], at, word)) found[name[2]].push(name[0].substr(at, word.length));
      }
    });
    return unique(found.filter(function (list) { return list.length; })[0] || []).slice(0, MOST_VARIANTS);
  }

  function begins(letters, at, word) {
    for (var next = 0; next < word.length; next++) {
      if ((letters[at + next] || "").indexOf(word.charAt(next)) < 0) return false;
    }
    return true;
  }

  /* 区生态环境局 → 区生态环境分局: what stands somewhere and says a little more, or the word without its opening. */
  function fuller(word) {
    var patterns = [];
    if (word.length < SHORTEST_NEAR) return [];
    for (var at = 1; at < word.length; at++) {
      patterns.push(literal(word.slice(0, at)) + HAN + "{1,2}" + literal(word.slice(at)));
    }
    var found = standing(patterns);
    return found.length || !OPENING.test(word) ? found : [word.slice(1)].filter(stands);
  }

  /* 装备式建筑 → 装配式建筑: what stands somewhere where one Chinese character is another or left out.
   * Of figures none is changed; and of a short name of a unit none is another: 区民政局 is not 区财政局. */
  function misspelt(word) {
    var patterns = [];
    if (word.length < SHORTEST_NEAR || (word.length === SHORTEST_NEAR && UNIT.test(word))) return [];
    for (var at = 1; at < word.length - 1; at++) {
      if (!IS_HAN.test(word.charAt(at))) continue;
      patterns.push(literal(word.slice(0, at)) + HAN + "?" + literal(word.slice(at + 1)));
    }
    return standing(patterns);
  }

  function standing(patterns) {
    if (!patterns.length) return [];
    var pattern = new RegExp(patterns.join("|"), "g"), found = [];
    for (var text = 0; text < texts.length && found.length < MOST_VARIANTS; text++) {
      found = unique(found.concat(texts[text].match(pattern) || []));
    }
    return found.slice(0, MOST_VARIANTS);
  }

  function literal(string) {
    return string.replace(/[\\^$.*+?()[\]{}|\/-]/g, "\\$&");
  }

  /* 道路清扫率 → 道路, 清扫率: the fewest parts that stand somewhere, of two characters at least; [] where it has none.
   * No number is cut, nor a word in Latin letters. */
  function parts(word) {
    if (word.length > LONGEST_PIECED) return [];
    var fewest = [];
    fewest[word.length] = [];
    for (var from = word.length - 2; from >= 0; from--) {
      for (var to = from + 2; to <= word.length && stands(word.slice(from, to)); to++) {
        if (!fewest[to] || (OF_ONE_RUN.test(word.charAt(to - 1)) && OF_ONE_RUN.test(word.charAt(to)))) continue;
        if (!fewest[from] || fewest[to].length + 1 < fewest[from].length) {
          fewest[from] = [word.slice(from, to)].concat(fewest[to]);
        }
      }
    }
    return fewest[0] || [];
  }

  function bigrams(word) {
    var found = [];
    for (var at = 0; at + 2 <= Math.min(word.length, LONGEST_PIECED); at++) found.push(word.substr(at, 2));
    return unique(found);
  }

  /* ---- words to groups of strings ---- */

  function group(word, strings, instead) {
    return {word: word, strings: strings, pieces: null, instead: instead};
  }

  /* The groups of a word; each has the strings of which one must stand. `instead`: a word that stands nowhere itself. */
  function understood(word) {
    var whole = ways(word);
    if (!whole.length) whole = unique(flat(spelled(word).map(reworded))).filter(stands);
    if (whole.length) return [group(word, whole)];
    var apart = word.split(BETWEEN_WORDS).filter(Boolean).slice(0, MOST_WORDS);
    if (apart.length && apart[0] !== word) return flat(apart.map(understood));
    return guessed(word);
  }

  /* What somebody may mean by a word that stands nowhere. */
  function guessed(word) {
    var meant = reworded(word).slice(0, MOST_MEANT), found = [];
    for (var at = 0; at < meant.length && !found.length; at++) found = approached(meant[at], word);
    return found.length ? found : inPieces(word);
  }

  function approached(word, typed) {
    var strings = fuller(word);
    if (strings.length) return [group(word, strings, typed)];
    var cut = parts(word), groups = cut.map(function (part) { return group(part, ways(part), typed); });
    // A unit stands apart from what is said of it; other parts of a word stand together.
    var anywhere = cut.some(function (part) { return has(parties, part); });
    if (cut.length && answered(groups, anywhere)) return groups;
    strings = misspelt(word);
    return strings.length ? [group(word, strings, typed)] : [];
  }

  /* Pairs of characters; of a short word three at once, for two pairs of it stand somewhere by chance. */
  function inPieces(word) {
    if (word.length <= SHORTEST_NEAR) {
      return [group(word, word.length < SHORTEST_NEAR ? [] : [word.slice(0, -1), word.slice(1)].filter(stands), word)];
    }
    var pieces = bigrams(word);
    return [{word: word, strings: [], pieces: pieces.filter(stands), total: pieces.length, instead: word}];
  }

  function flat(lists) {
    return [].concat.apply([], lists);
  }

  /* Several words are all wanted. `joined` is the query without its blanks; empty where it is one word. */
  function read(query) {
    var typed = String(query).slice(0, LONGEST_QUERY).split(/\s+/);
    var words = unique(typed.map(folded)).slice(0, MOST_WORDS);
    return {
      groups: flat(words.map(understood)),
      joined: words.length > 1 ? folded(typed.join("")) : ""
    };
  }

  scope.planbookSearch.query = {setUp: setUp, read: read};
})(self);

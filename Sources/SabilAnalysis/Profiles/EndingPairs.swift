// Source: a logistic regression over pairs of words that follow one another, on top of what letter triples and word lists say
// (L2, C = 0.3), learnt from stretches of two and three words of SIB-200 (CC-BY-SA 4.0) and of the bodies of Sabil's
// hand-written records, some 55,000 words a language; 2026-11. The 1,000 pairs that tell most.

/// How much the endings of two words in a row speak for English, French and Spanish: the order of words and their agreement
/// tell *social protection* from *protection sociale*, where each word by itself may be of both languages.
struct EndingPairs: Sendable {
    /// Entries of two endings with a full stop between them, then one letter a language as in ``LetterSequences``. An ending
    /// is the last two letters of a longer word, `_` and the word of a shorter one.
    static let pairs = """
        _al.esljq _an.ntmko _as._arjk _as.heoll _as.lloll _at.heoll _au.nsqjl _a._lakht _a._suklp _a._unljq _a.alqnh 
        _a.anpkl _a.arojn _a.asinp _a.ayplk _a.ceqkk _a.céjrk _a.daklp _a.dukpk _a.edoml _a.eeplk _a.enoll _a.erqhn 
        _a.esjkr _a.etnjn _a.ewplk _a.geqjl _a.goklp _a.géjql _a.icplk _a.innkn _a.irnjp _a.iskqj _a.itnnj _a.leqim 
        _a.llomk _a.lynkn _a.lékql _a.mepkl _a.nakkq _a.ndpkk _a.nepmj _a.ngplk _a.ntoll _a.nékpl _a.odplk _a.onrjk 
        _a.osjkr _a.otqkk _a.rdpkk _a.reqim _a.rtomk _a.ryokm _a.rékqk _a.sallo _a.sepjm _a.stpkl _a.sékqk _a.tepkl 
        _a.thplk _a.typkl _a.tékqk _a.ueojn _a.vepkl _a.vékqk _a.éskkq _be.edoll _by.heoll _ce._qupkl _ce.uemok 
        _ce.uipkm _de._lpog _de._lanln _de._sempj _de._sumko _de._unmgt _de.admkp _de.arlmo _de.askkp _de.caljp 
        _de.damkp _de.domko _de.dsqkk _de.erlnm _de.esjno _de.ezmjq _de.gelol _de.ialkp _de.ienml _de.inlol _de.iolko 
        _de.jomko _de.lollo _de.mallo _de.naljq _de.nelpk _de.nskol _de.ntnnk _de.ollkp _de.onlpk _de.oskkq _de.raljp 
        _de.relmn _de.romjo _de.rslqk _de.selom _de.somkp _de.tamjp _de.tomko _de.tslol _de.téplk _de.udmkp _de.uelkp 
        _de.usllo _de.uxmok _de.zamko _de.íamkp _de.ónljq _do.otlol _du.melom _du.ntlol _du.relol _d._unnph _d.cejql 
        _d.erirl _d.esipn _d.nekql _d.nsjpm _d.onhsl _d.rdkqk _d.relol _d.telol _d.tsjqm _el.alklp _el.dollo _el.erlko 
        _el.eslkp _el.iollo _el.lollo _el.mallo _el.mollo _el.nollo _el.orklp _el.roklp _el.soklp _el.telkp _el.toklp 
        _el.uemko _en._ellir _en._lamfu _en._sumkp _en._unmir _en.arlkp _en.asnko _en.eamko _en.eslnn _en.gelpk 
        _en.ialkp _en.iemok _en.ispll _en.namkp _en.nelpj _en.ntlpk _en.onlpl _en.osljq _en.relnm _en.romko _en.rsmpk 
        _en.uemlo _es._demjp _es._elmko _es._lamhr _es._unmiq _es.lemjq _es.namko _et._cerim _et._dermh _et._dumkn 
        _et._loll _et._lanoj _et._lemnl _et.esnnj _il._alpk _il._ympj _il.itolm _in._apkl _in.aloml _in.ermkn 
        _in.esoll _in.helnm _in.icklp _in.shjon _is._aomk _is.edoll _is.helnl _la._demiq _la.adliq _la.alljq _la.caljp 
        _la.celrj _la.dalir _la.denoj _la.ealkp _la.edlkq _la.eyljp _la.ezmjq _la.hamjp _la.ialis _la.ielol _la.inlpk 
        _la.itmjq _la.iéqmj _la.jamko _la.lalir _la.lenpi _la.malir _la.meooi _la.namiq _la.nenpi _la.oinnj _la.onmrh 
        _la.orlko _la.ralir _la.relpk _la.rtlpj _la.samko _la.sekol _la.tamhr _la.tennk _la.témpj _la.ueoll _la.urlok 
        _la.valko _la.zamjp _la.íaljq _la.ónlir _le.erlpk _le.etjpl _le.gelom _le.illpl _le.lekol _le.mekpl _le.ndkpl 
        _le.ngjpl _le.ntkpl _le.renlm _le.rtlol _le.tekpl _le.urllo _le.uslol _lo.uemjq _l._onkpl _l.anlpl _l.cejql 
        _l.delol _l.lemok _l.melol _l.nekpl _l.ntkol _l.onjrk _l.téoll _l.urpkl _m._sihv _ne.ntlnm _no._sello 
        _no.anklp _no.enklp _no.erokl _n._alol _n.itnjo _n.ntlnm _of._aqkk _of.cepkl _of.chjlq _of.esomk _of.helol 
        _of.nsklp _of.onokm _of.tsolm _of.tyklp _on._aplj _on._ylpk _on.alplk _on.erokm _on.espjl _on.henkn _or._aqkk 
        _ou._demok _où.esllo _qu._unqkj _qu.nello _se._lemiq _se.anlir _se.cemkp _se.delir _se.enljq _se.erlqj 
        _se.esmgs _se.gamko _se.iómko _se.neljp _se.ntlpk _se.onmjp _se.ramkp _se.rámko _se.tamjp _se.temjp _si._semjp 
        _s.alqlk _s.inpjm _s.itkpl _s.onpjm _s.stlol _to._aqlk _to.aloll _to.eroll _to.ndmol _to.ntokm _to.reoll 
        _to.rkjno _to.seplk _to.teoll _to.tyipo _to.venml _un.atmpk _un.aulok _un.domkp _un.espin _un.etlpk _un.eumol 
        _un.gelpk _un.goljq _un.ioljq _un.itomk _un.lelom _un.lolko _un.mallo _un.melpl _un.momkp _un.nomkp _un.ntonj 
        _un.orllo _un.pomkp _un.relol _un.soljp _un.teklo _un.toljr _un.ullpk _un.urplk _un.ísmko _un.ñollo _va._aklp 
        _y._akom _y._demhr _y._elmkp _y._enmjp _y._lamgs _y._nolko _y._semjp _y._unmiq _y.anmko _y.armko _y.aslkp 
        _y.enmkp _y.eslir _y.namko _y.onmkp _y.osljp _y.tamko _y.uemiq _à._lpmk _à._laopi _à._unmok _à.erkpl _à.esplk 
        _à.irlpk _à.relol _à.tepll ad._deljq ad.alklo al._aioo al._djqm al._dejmq al._enkmo al._yljq al.cepkl al.eroll 
        al.esomk al.llplk al.myiqm al.nsokm al.ntoml al.onqim al.rsqkl al.tspkm al.tynlm al.uello al.utpkl an._akmo 
        an._enlkp an._inoll an._lamkp an._unmko an.asnlm an.eaqmj an.esnjo an.heiqm an.ndplk an.nykpm an.onokm 
        an.osllo ar._ajmq ar._anjql ar._delkp ar._elllo ar._enllo ar._lalnn ar.askmo ar.osllo as._anlm as._demko 
        as._enlko as._semko as._yljp as.anklp as.askkq as.edooj as.eskkq as.neomk as.onlko as.reoll as.uemko at._demok 
        at._islol at.eyioo at.helnm at.ldkom at.tsolm at.veklp aw.orhmr ca._demjp ca._ymko ce._dkpl ce._delnl 
        ce._ofpkl ce._àlol ce.esmjo ce.lekql ce.meokm ce.ndoll ch._asoll ch.heknn ci._nkis co._demko da._allo 
        da._demkp da._enmko da._lamko da._ymko de._enllo de._lamkp de.arlmo de.erlkp do._akmo do._demjp do._enmko 
        do.uemko ds._deomk ea._demko ec.eslnl ed._apkk ed._asokl ed._bymln ed._deljq ed._inokl ed._onpkl ed._tomnl 
        ed.erkmo ed.esomk ed.hemln ed.ndlol ed.ngkom ed.thlol ed.tsmln ed.utioo ee.espkl el.alklp el.nonkn el.telko 
        el.tollo en._lamko en._sokm en._toomk en._unmko en.asklp en.ernln en.henml en.ndoll en.onokm en.osllo en.rsoll 
        er._alkp er._dkol er._dekmn er._innkm er._llol er._lalnm er._lekpl er._ofnjo er._tooml er.anomk er.arknn 
        er.cepkl er.enoll er.esnmk er.heoll er.ndpkl er.nsoll er.ntpll er.onoll er.ornkn er.relol er.roklp er.tspkl 
        es._aojn es._alllo es._aspjl es._disk es._delmo es._dumnk es._enkmn es._etlol es._ofpjm es._onqhm es._orpkl 
        es._selmo es._tooll es._ymiq es._àkpl es.anmjp es.arlol es.asklp es.atpll es.deojn es.elllo es.enmko es.eroll 
        es.eskom es.hemok es.isnml es.ixmko es.lslol es.ndoll es.nslpl es.ntkpl es.ompll es.onmjp es.ornkn es.oskmp 
        es.ralko es.renll es.rsnok es.stomk es.tenkn es.tslqj es.uelkp es.uikol es.urlol es.usmok es.uxmok es.yslol 
        es.ésomj et._dkpl et._delpl et.stjmp ey.edllo ey.ldjno ga._aklp ge._dkpm ge._delpk ge._ofokl go._denip 
        he.alomj he.anplk he.aromk he.ceoll he.eromk he.esonk he.etolm he.eyjql he.geoll he.icoll he.inpjm he.kskpl 
        he.ldoll he.lenkn he.lyklq he.meolm he.ngoll he.ntnip he.onnkn he.repkl he.rsmln he.rylmn he.sepkk he.stlnm 
        he.teoll he.tslmo ho.aslol hy.hejmp ia._deljp ia._sqkk ia._ylkp ia.ndolk ic.esoll in._dkpl in._dekmo in.esnkm 
        io._deliq io.alkpl ir._lamko is._deoll is._enmok is._etlol is._laomk is.nslol it._llkp it._àlom it.esomk 
        ix.nskpl ió._aklp ja._demko je._demko jo._demjp la._demiq la._ymko ld.rtiop ld.stkmo ld.velol le._akol 
        le._dkpl le._delol le._dulol le._etlol le._onokm le._tookm le.esplk le.lelol le.ntmln le.stlol le.telol 
        le.uekmo ll.ksioo lo._demjp lo.alklo ls.ntkom ly.edmln ma._deljq ma.alklp me._djpl me.alkpl me.erpkk me.esnln 
        mo._demkp na._deljq na._ymko na.iallo na.lalkp na.nallo na.rallo na.tallo na.telkq na.ónllo nd._aplk nd.aloll 
        nd.edmnl nd.ennml nd.eroll nd.esomk nd.helmm nd.nsokm nd.ntmko nd.onoll nd.owllo nd.relol nd.rslkp nd.tsnkn 
        ne._akom ne._dkpm ne._delol ne._etlom ne._lamko ne._ofoll ne.delnm ne.ernkn ne.esnlm ne.lelpk ne.nelol 
        ne.onjom ne.renml ne.stkpl ne.tenoj ng._annk ng._etkpl ng._onoll ng._tomln ng.eroll ng.esomk ng.heoll ng.ndjon 
        ng.renjn ng.rsimq ng.tsolm no._demjq ns._diqm ns._delpk ns._inokm ns._lapmj ns._lelol ns._ofokm ns._unmol 
        ns.esjrk ns.ndllo ns.ntjoo ns.repjm ns.thimq ns.uskom nt._dkol nt._denoj nt._enomk nt._inlkp nt._llom 
        nt._lanok nt._ofokm nt._tookm nt._unmok nt._àkom nt.asmol nt.edmko nt.ermnl nt.esomk nt.irnjn nt.ismnl 
        nt.itkom nt.lekom nt.ndolm nt.nemnl nt.ntlnl nt.renml nt.télnm nt.uekpk nt.ésmnl ny.erkpl ol._demkp om.henll 
        on._ahpo on._dirl on._delpk on._dukom on._elllo on._enkmn on._etkol on._ispkl on._laljp on._lekmo on._ofnml 
        on._onnjo on._tpjl on._tooll on._unllp on._àlom on.asnjn on.edpll on.eroll on.esmko on.lelok on.nallo on.ndoll 
        on.ntlol on.ornkm on.oslkp on.rsnkn on.stlol on.telnm on.tspjm on.urlol on.vekpm or._deljq or._lamkp or.chkol 
        or.ennnk or.esnkm or.hemln or.rykmp or.teklo or.uelko os._aklp os._delkp os._enmkp os._ylkp os.anllo os.asmko 
        os.enllo os.esklq os.onlko os.osklp os.uemjp po._deljq ra._alkp ra._deljp ra._enmko ra._lalln ra._ymko 
        ra.allkp ra.arklo ra.erllo ra.uemko rd.uijql re._djql re._delmn re._dulol re._elmlo re._etnml re._laokn 
        re._lelol re._onpjm re._unqkl re._ymkp re._àlol re.allpk re.asnkn re.ednml re.enmok re.esnml re.eyjno re.hejpm 
        re.itoll re.lemok re.ndoll re.onkmn re.oslkp re.remln re.ueknn ro._delkp ro._ymko ro.aljoo ro.conoj rs._apkl 
        rs._dkom rs._denoj rs._ofkkp rs.eslol rs.nskmo rs.renkn rt._djpl rt._delok rt._ofomk rt.esnnk rt.ntjon 
        ry._oflol sa._demko se._allo se._deknn se._ofpkl se.heoll se.onnjn so._deljq so.edkmo st._ofnml st._unmok 
        st.edllo st.hejmp st.lelol ta._akkp ta._delir ta._enmkp ta._lamko ta._ymko ta.telko ta.uemjp te._allo te._dlpl 
        te._dekmo te._enllo te._ymko te._àlol te.almlo te.asokm te.elllo te.esnkm te.nalko te.osllo te.renlm te.uelmn 
        te.urlol th._aokm th.esllo th.helol th.ldjpm th.nsklp to._amko to._deljq to._enmko to._ymlo to.alklp to.uemko 
        ts._dkpm ts._delpk ts._etlnl ts._inmko ts._ofmln ts._onnko ts.edolm ts.eslol ts.nskom ts.ntkol ts.remkn 
        ts.tskom ts.urlom té._etokm té.esnll té.éepjm ue._akmo ue._delol ue._elljp ue._enmjp ue._esmjp ue._lmpj 
        ue._lalmn ue._noljq ue._semhr ue._topkl ue._unmjp ue.anmiq ue.aslkp ue.demjq ue.enlkp ue.eslol ue.iemko 
        ue.namjp ue.nekmo ue.ntlol ue.onkkp ue.osoio ue.ramko ue.renjo ue.tamkp ue.temko ue.ásmko ue.íamko ui._alqk 
        ui._nojn ui.itlmn ui.ntnnl ui.telpk ur._deokm ur._llol ur._lanoj ur._lemnl ur._unnnk ur.erlol ur.espmj 
        ur.relol us._delpk us.eslmn us.ezlol us.ntlnm ut._aplk ut._delpk ut.ermol ux._demol ux.esmpk ux.nskom 
        va._demko ve._apll ve._enljp ve.edmnl ve.onojn wo.esoll za._demko ze.nskpl zo._demkp ás._demjq ás.esllo 
        ès._depmj ès.esoml ée._demol ée._àokl ée.ntpjm és._enmok és._ymjp és._àpkl és.esmnk ía._demkp ía.alkmo 
        ño._demko ón._allo ón._deljq ón._ymlo ón.alklp
        """

    /// A power of two above twice the number of pairs.
    private static let placeCount = 1 << 12

    /// Numbers from 1 of the endings that stand in a pair.
    private var numbers: [String: UInt16] = [:]
    /// The number of the first ending above that of the second; 0 = free.
    private var keys = [UInt32](repeating: 0, count: placeCount)
    /// As natural logarithms; the fourth is unused.
    private var weights = [SIMD4<Double>](repeating: SIMD4(repeating: 0), count: placeCount)

    init() {
        for entry in Self.pairs.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
            let endings = entry.dropLast(3).split(separator: ".").map { number(adding: String($0)) }
            guard endings.count == 2 else { continue }
            let levels = entry.unicodeScalars.suffix(3).map { Double(Int($0.value) - 0x6D) / 4 }
            let key = Self.key(endings[0], endings[1])
            let place = place(of: key)
            keys[place] = key
            weights[place] = SIMD4(levels[0], levels[1], levels[2], 0)
        }
    }

    /// The number of a word's ending, 0 when no pair has it.
    /// - Parameter letters: its code points in normal form, with accents.
    func number(of letters: [UInt32]) -> UInt16 {
        var ending = String.UnicodeScalarView()
        if letters.count < 3 { ending.append("_") }
        for letter in letters.suffix(2) {
            guard let letter = Unicode.Scalar(letter) else { return 0 }
            ending.append(letter)
        }
        return numbers[String(ending)] ?? 0
    }

    /// What two words in a row say by their endings, each by its number.
    @inline(__always)
    func weights(_ first: UInt16, _ second: UInt16) -> SIMD4<Double> {
        first == 0 || second == 0 ? SIMD4(repeating: 0) : weights[place(of: Self.key(first, second))]
    }

    private mutating func number(adding ending: String) -> UInt16 {
        if let number = numbers[ending] { return number }
        let number = UInt16(numbers.count + 1)
        numbers[ending] = number
        return number
    }

    /// Where a pair is, or the free place where it would be: its weights are 0.
    @inline(__always)
    private func place(of key: UInt32) -> Int {
        var place = Int((key &* 0x9E37_79B1) >> 20)
        while keys[place] != key, keys[place] != 0 { place = (place + 1) & (Self.placeCount - 1) }
        return place
    }

    private static func key(_ first: UInt16, _ second: UInt16) -> UInt32 { UInt32(first) << 16 | UInt32(second) }
}
